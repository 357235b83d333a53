using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScoreGpu.Kernels.Generator.Analysis;

/// <summary>Puts the arguments of a call in the order of the parameters.</summary>
internal static class CallArguments
{
    /// <summary>Each parameter with its argument; null where the default value is meant.</summary>
    /// <param name="call">The call.</param>
    /// <param name="written">The method as the call names it, so that an extension method lacks its receiver.</param>
    /// <param name="target">The method that is reached.</param>
    internal static List<(IParameterSymbol Parameter, ExpressionSyntax? Value)> Bind(
        InvocationExpressionSyntax call, IMethodSymbol written, IMethodSymbol target)
    {
        List<(IParameterSymbol Parameter, ExpressionSyntax? Value)> bound =
            [.. target.Parameters.Select(parameter => (parameter, (ExpressionSyntax?)null))];
        int next = 0;
        if (written.ReducedFrom is not null && call.Expression is MemberAccessExpressionSyntax member)
        {
            bound[next] = (bound[next].Parameter, member.Expression);
            next++;
        }

        foreach (ArgumentSyntax argument in call.ArgumentList.Arguments)
        {
            int index = argument.NameColon is { } name
                ? bound.FindIndex(pair => pair.Parameter.Name == name.Name.Identifier.ValueText)
                : next++;
            if (index >= 0 && index < bound.Count)
            {
                bound[index] = (bound[index].Parameter, argument.Expression);
            }
        }

        return bound;
    }
}
