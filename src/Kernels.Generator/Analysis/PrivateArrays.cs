using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScoreGpu.Kernels.Generator.Analysis;

/// <summary>Reads the ways to create a private array.</summary>
internal static class PrivateArrays
{
    /// <summary>The length, or null if the value is none of those ways or the length is not constant.</summary>
    internal static int? Length(FunctionInstance function, ExpressionSyntax? value) => value switch
    {
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions.Count,
        ArrayCreationExpressionSyntax creation when creation.Type.RankSpecifiers.Count == 1
            => ConstantEvaluator.Integer(function, creation.Type.RankSpecifiers[0].Sizes[0]),
        ImplicitArrayCreationExpressionSyntax creation => creation.Initializer.Expressions.Count,
        InitializerExpressionSyntax initializer => initializer.Expressions.Count,
        _ => null,
    };

    /// <summary>The elements, or null if they are all zero.</summary>
    internal static InitializerExpressionSyntax? Elements(ExpressionSyntax? value) => value switch
    {
        ArrayCreationExpressionSyntax creation => creation.Initializer,
        ImplicitArrayCreationExpressionSyntax creation => creation.Initializer,
        InitializerExpressionSyntax initializer => initializer,
        _ => null,
    };
}
