using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ScoreGpu.Kernels.Generator.Diagnostics;

namespace ScoreGpu.Kernels.Generator.Tables;

/// <summary>Syntax that kernels cannot contain, with the diagnostic and the words that fill its message.</summary>
internal static class RejectedSyntax
{
    private static readonly Dictionary<SyntaxKind, (DiagnosticDescriptor Descriptor, string[] Words)> s_rejected = new()
    {
        [SyntaxKind.ThrowStatement] = (KernelDiagnostics.Exceptions, ["throw"]),
        [SyntaxKind.ThrowExpression] = (KernelDiagnostics.Exceptions, ["throw"]),
        [SyntaxKind.TryStatement] = (KernelDiagnostics.Exceptions, ["try"]),
        [SyntaxKind.StackAllocArrayCreationExpression] = (KernelDiagnostics.StackMemory, ["stackalloc"]),
        [SyntaxKind.ImplicitStackAllocArrayCreationExpression] = (KernelDiagnostics.StackMemory, ["stackalloc"]),
        [SyntaxKind.SimpleLambdaExpression] = (KernelDiagnostics.Functions, ["A lambda"]),
        [SyntaxKind.ParenthesizedLambdaExpression] = (KernelDiagnostics.Functions, ["A lambda"]),
        [SyntaxKind.AnonymousMethodExpression] = (KernelDiagnostics.Functions, ["An anonymous method"]),
        [SyntaxKind.ForEachStatement] = (KernelDiagnostics.ForEach, []),
        [SyntaxKind.ForEachVariableStatement] = (KernelDiagnostics.ForEach, []),
        [SyntaxKind.GotoStatement] = Not("goto", "use loops and conditions"),
        [SyntaxKind.GotoCaseStatement] = Not("goto case", "list the cases together, or repeat the statement"),
        [SyntaxKind.GotoDefaultStatement] = Not("goto default", "list the cases together, or repeat the statement"),
        [SyntaxKind.LabeledStatement] = Not("A label", "use loops and conditions"),
        [SyntaxKind.LockStatement] = Not("lock", "use Group.Barrier or Atomic"),
        [SyntaxKind.UsingStatement] = Not("using", "own resources on the host"),
        [SyntaxKind.FixedStatement] = Not("fixed", "use views"),
        [SyntaxKind.UnsafeStatement] = Not("unsafe", "use views"),
        [SyntaxKind.CheckedStatement] = Not("checked", "kernels wrap around; check ranges on the host"),
        [SyntaxKind.CheckedExpression] = Not("checked", "kernels wrap around; check ranges on the host"),
        [SyntaxKind.YieldReturnStatement] = Not("yield", "write results to a view"),
        [SyntaxKind.YieldBreakStatement] = Not("yield", "write results to a view"),
        [SyntaxKind.AwaitExpression] = Not("await", "use Group.Barrier"),
        [SyntaxKind.InterpolatedStringExpression] = Not("A string", "format text on the host"),
        [SyntaxKind.StringLiteralExpression] = Not("A string", "format text on the host"),
        [SyntaxKind.Utf8StringLiteralExpression] = Not("A string", "pass bytes in a view"),
        [SyntaxKind.CharacterLiteralExpression] = Not("A character", "use a number"),
        [SyntaxKind.NullLiteralExpression] = Not("null", "use a flag or an index of −1"),
        [SyntaxKind.CoalesceExpression] = Not("??", "kernels have no null"),
        [SyntaxKind.CoalesceAssignmentExpression] = Not("??=", "kernels have no null"),
        [SyntaxKind.ConditionalAccessExpression] = Not("?.", "kernels have no null"),
        [SyntaxKind.SuppressNullableWarningExpression] = Not("!", "kernels have no null"),
        [SyntaxKind.AsExpression] = Not("as", "use structs, and casts between numbers"),
        [SyntaxKind.IsExpression] = Not("is", "choose types at build time with a type parameter"),
        [SyntaxKind.TypeOfExpression] = Not("typeof", "choose types at build time with a type parameter"),
        [SyntaxKind.WithExpression] = Not("with", "copy the struct and assign its fields"),
        [SyntaxKind.QueryExpression] = Not("A query", "write a loop"),
        [SyntaxKind.AddressOfExpression] = Not("A pointer", "use views and ref parameters"),
        [SyntaxKind.PointerIndirectionExpression] = Not("A pointer", "use views and ref parameters"),
        [SyntaxKind.PointerMemberAccessExpression] = Not("A pointer", "use views and ref parameters"),
        [SyntaxKind.IndexExpression] = Not("An index from the end", "subtract from IntLength"),
        [SyntaxKind.RangeExpression] = Not("A range", "use SubView(offset, length)"),
        [SyntaxKind.CollectionExpression] = Not("A collection expression", "write 'new float[] { … }'"),
        [SyntaxKind.AnonymousObjectCreationExpression] = Not("An anonymous object", "use a tuple or a struct"),
    };

    internal static bool TryGet(SyntaxKind kind, out (DiagnosticDescriptor Descriptor, string[] Words) rejection)
        => s_rejected.TryGetValue(kind, out rejection);

    private static (DiagnosticDescriptor Descriptor, string[] Words) Not(string what, string instead)
        => (KernelDiagnostics.NotInDialect, [what, instead]);
}
