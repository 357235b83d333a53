namespace ScoreGpu.Tests.Benchmarks;

/// <summary>Evaluates the formulas of costs: sums of products of numbers, symbols, powers, brackets and min(a, b).</summary>
internal sealed class Formula
{
    private readonly string _text;
    private readonly Func<string, double> _symbols;
    private int _at;

    private Formula(string text, Func<string, double> symbols) =>
        (_text, _symbols) = (text.Replace(" ", "", StringComparison.Ordinal), symbols);

    public static double Evaluate(string text, Func<string, double> symbols)
    {
        Formula formula = new(text, symbols);
        double value = formula.Sum();
        Assert.Equal(formula._text.Length, formula._at);
        return value;
    }

    private double Sum()
    {
        double sum = Product();
        while (true)
        {
            if (Take('+'))
            {
                sum += Product();
            }
            else if (Take('-'))
            {
                sum -= Product();
            }
            else
            {
                return sum;
            }
        }
    }

    private double Product()
    {
        double product = Power();
        while (Take('*'))
        {
            product *= Power();
        }

        return product;
    }

    private double Power()
    {
        double value = Atom();
        return Take('^') ? Math.Pow(value, Atom()) : value;
    }

    private double Atom()
    {
        if (Take('('))
        {
            double value = Sum();
            Assert.True(Take(')'));
            return value;
        }

        int from = _at;
        while (_at < _text.Length && char.IsLetterOrDigit(_text[_at]))
        {
            _at++;
        }

        string word = _text[from.._at];
        if (word == "min")
        {
            Assert.True(Take('('));
            double first = Sum();
            Assert.True(Take(','));
            double second = Sum();
            Assert.True(Take(')'));
            return Math.Min(first, second);
        }

        return char.IsDigit(word[0])
            ? double.Parse(word, System.Globalization.CultureInfo.InvariantCulture)
            : _symbols(word);
    }

    private bool Take(char symbol)
    {
        bool isThere = _at < _text.Length && _text[_at] == symbol;
        _at += isThere ? 1 : 0;
        return isThere;
    }
}
