using System.Globalization;

namespace ScoreGpu.Engine.Files;

/// <summary>
/// The header of an npy file: a Python dict literal with exactly the keys descr (a string), fortran_order (a bool)
/// and shape (a tuple of whole numbers), spaces, and a line end.
/// </summary>
/// <remarks>
/// Only the grammar that NumPy writes is read. Structured types, whose descr is a list, are refused.
/// </remarks>
internal sealed class NpyHeader
{
    private readonly string _text;
    private readonly string _file;
    private int _at;

    private NpyHeader(string text, string file)
    {
        _text = text;
        _file = file;
    }

    internal string Descr { get; private set; } = string.Empty;

    internal bool FortranOrder { get; private set; }

    internal int[] Shape { get; private set; } = [];

    internal static NpyHeader Parse(string text, string file)
    {
        NpyHeader header = new(text, file);
        header.ReadDictionary();
        return header;
    }

    private void ReadDictionary()
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        Take('{');
        while (Peek() != '}')
        {
            string key = ReadString();
            if (!seen.Add(key))
            {
                throw Broken($"the key '{key}' once");
            }

            Take(':');
            switch (key)
            {
                case "descr":
                    Descr = ReadString();
                    break;
                case "fortran_order":
                    FortranOrder = ReadBoolean();
                    break;
                case "shape":
                    Shape = ReadTuple();
                    break;
                default:
                    throw Broken($"the keys descr, fortran_order and shape, not '{key}'");
            }

            if (Peek() != '}')
            {
                Take(',');
            }
        }

        Take('}');
        if (seen.Count != 3)
        {
            throw Broken("all of descr, fortran_order and shape");
        }

        SkipSpaces();
        if (_at != _text.Length)
        {
            throw Broken("nothing but spaces and a line end after the dict");
        }
    }

    private string ReadString()
    {
        char quote = Peek();
        if (quote is not ('\'' or '"'))
        {
            throw Broken("a quoted string");
        }

        int end = _text.IndexOf(quote, _at + 1);
        if (end < 0)
        {
            throw Broken("the string's closing quote");
        }

        string value = _text[(_at + 1)..end];
        if (value.Contains('\\', StringComparison.Ordinal))
        {
            throw Broken("a string without escapes");
        }

        _at = end + 1;
        return value;
    }

    private bool ReadBoolean()
    {
        SkipSpaces();
        foreach (bool value in new[] { true, false })
        {
            string word = value ? "True" : "False";
            if (string.CompareOrdinal(_text, _at, word, 0, word.Length) == 0)
            {
                _at += word.Length;
                return value;
            }
        }

        throw Broken("True or False");
    }

    private int[] ReadTuple()
    {
        List<int> sizes = [];
        bool comma = true;
        Take('(');
        while (Peek() != ')')
        {
            if (!comma)
            {
                throw Broken("a comma between the sizes");
            }

            sizes.Add(ReadSize());
            comma = Peek() == ',';
            if (comma)
            {
                _at++;
            }
        }

        Take(')');
        if (sizes.Count == 1 && !comma)
        {
            // In Python, (3) is a number and only (3,) a tuple.
            throw Broken("a comma after the size in a shape of one dimension");
        }

        return sizes.ToArray();
    }

    private int ReadSize()
    {
        SkipSpaces();
        int start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }

        ReadOnlySpan<char> digits = _text.AsSpan(start, _at - start);
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int size))
        {
            _at = start;
            throw Broken($"a whole number from 0 to {int.MaxValue} in the shape");
        }

        return size;
    }

    private char Peek()
    {
        SkipSpaces();
        return _at < _text.Length ? _text[_at] : throw Broken("more, but it ends");
    }

    private void Take(char expected)
    {
        if (Peek() != expected)
        {
            throw Broken($"'{expected}'");
        }

        _at++;
    }

    private void SkipSpaces()
    {
        while (_at < _text.Length && _text[_at] is (' ' or '\n'))
        {
            _at++;
        }
    }

    private InputException Broken(string expected) =>
        new($"'{_file}' has an npy header that breaks at character {_at}; expected {expected}.");
}
