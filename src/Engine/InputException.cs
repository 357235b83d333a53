using System.Globalization;

namespace ScoreGpu.Engine;

/// <summary>
/// Bad input from outside the program: an argument or a file that cannot be used as it is.
/// </summary>
/// <remarks>
/// The message names the argument or file, its value, and what was expected, and is meant to be shown to the user
/// as it stands.
/// </remarks>
public sealed class InputException : Exception
{
    /// <summary>Creates an exception with no details.</summary>
    public InputException()
        : base("The input cannot be used.")
    {
    }

    /// <summary>Creates an exception with a complete message.</summary>
    /// <param name="message">Names the argument or file, its value and what was expected.</param>
    public InputException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a complete message and its cause.</summary>
    /// <param name="message">Names the argument or file, its value and what was expected.</param>
    /// <param name="innerException">What went wrong underneath.</param>
    public InputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception for one argument: "name: value; expected …".</summary>
    /// <param name="name">The argument, option or file that holds the value.</param>
    /// <param name="value">The value that was given; written in the invariant culture.</param>
    /// <param name="expected">What would have been accepted, as in "a positive number".</param>
    public static InputException For(string name, object? value, string expected)
    {
        string shown = value switch
        {
            null => "nothing",
            string text => $"'{text}'",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "nothing",
        };
        return new InputException($"{name} is {shown}; expected {expected}.");
    }
}
