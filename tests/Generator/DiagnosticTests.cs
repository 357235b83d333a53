using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ScoreGpu.Tests.Generator;

/// <summary>Every diagnostic: its id, and that it points at what is wrong (marked ⟦…⟧).</summary>
public sealed class DiagnosticTests
{
    private const string Other = "interface IF { static abstract float F(float x); } struct S : IF "
        + "{ public static float F(float x) => x; } struct NotF { } "
        + "[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)] "
        + "struct Explicit { float A; } class C { } enum E { A }\n";

    [Theory]
    [InlineData("SGK0001", "⟦goto end;⟧ end: v[0] = 1;")]
    [InlineData("SGK0001", "float x = ⟦checked(v[0] + 1)⟧;")]
    [InlineData("SGK0001", "int m = ⟦\"text\"⟧.Length;", "SGK0010")]
    [InlineData("SGK0001", "⟦unsafe { int a = 1; int* p = &a; }⟧")]
    [InlineData("SGK0004", "float x = (float)(⟦v[0] * 0.5⟧);")]
    [InlineData("SGK0004", "float x = (float)⟦Math.Sqrt(2)⟧;")]
    [InlineData("SGK0004", "double ⟦x⟧ = 1f;")]
    [InlineData("SGK0005", "C ⟦c⟧ = default;")]
    [InlineData("SGK0005", "nint ⟦p⟧ = 1;")]
    [InlineData("SGK0005", "object ⟦o⟧ = v[0];")]
    [InlineData("SGK0005", "Keep(⟦new C()⟧);")]
    [InlineData("SGK0006", "⟦throw new Exception();⟧")]
    [InlineData("SGK0006", "⟦try { v[0] = 1; } finally { }⟧")]
    [InlineData("SGK0006", "float x = n > 0 ? 1f : ⟦throw new Exception()⟧;")]
    [InlineData("SGK0007", "Span<float> ⟦s⟧ = default;")]
    [InlineData("SGK0007", "Span<float> s = ⟦stackalloc float[4]⟧;", "SGK0007")]
    [InlineData("SGK0008", "Func<float, float> f = ⟦x => x⟧;", "SGK0005")]
    [InlineData("SGK0008", "v[0] = ⟦Local()⟧; float Local() => 1f;")]
    [InlineData("SGK0009", "v[0] = Again(n); static float Again(int i) => i == 0 ? 0f : ⟦Again(i - 1)⟧;")]
    [InlineData("SGK0010", "v[0] = ⟦MathF.ScaleB(1f, n)⟧;")]
    [InlineData("SGK0010", "v[0] = ⟦ScoreGpu.Kernels.Philox.Next(0, 0, 0, 0, 0, 0)⟧.X0;")]
    [InlineData("SGK0010", "int h = ⟦n.GetHashCode()⟧;")]
    [InlineData("SGK0012", "FloatView s = SharedMemory.Allocate<float>(⟦n⟧);")]
    [InlineData("SGK0013", "if (n > 0) { FloatView s = ⟦SharedMemory.Allocate<float>(4)⟧; }")]
    [InlineData("SGK0014", "if (Group.IdxX > n) { ⟦return;⟧ } Group.Barrier();")]
    [InlineData("SGK0014", "for (int i = 0; i < n; i++) { Group.Barrier(); if (v[i] > 0) { ⟦break;⟧ } }")]
    [InlineData("SGK0015", "int i = Group.IdxX + 1; if (i < n) { ⟦Group.Barrier()⟧; }")]
    [InlineData("SGK0015", "for (int i = Group.IdxX; i < n; i += 8) { ⟦Wait()⟧; }")]
    [InlineData("SGK0016", "int[] a = new int[2]; ⟦foreach (int i in a) { v[i] = 1; }⟧")]
    [InlineData("SGK0017", "float[] ⟦a = new float[n]⟧;")]
    [InlineData("SGK0017", "float[,] ⟦a = new float[2, 2]⟧;")]
    [InlineData("SGK0018", "v[0] = ⟦Factor⟧;")]
    [InlineData("SGK0021", "int i = 0; v[⟦i++⟧] = 1;")]
    [InlineData("SGK0021", "float a; float b = ⟦a = 2f⟧;")]
    [InlineData("SGK0022", "FloatView ⟦w⟧; w = v;")]
    [InlineData("SGK0022", "FloatView s = SharedMemory.Allocate<float>(4); ⟦s = v⟧;")]
    [InlineData("SGK0022", "int a = 0; ⟦Atomic.Add(ref a, 1)⟧;")]
    [InlineData("SGK0022", "FloatView s = SharedMemory.Allocate<float>(4); FloatView t = s; t = s; ⟦s = t⟧;")]
    [InlineData("SGK0022", "FloatView a = v; FloatView b = v; ⟦(a, b) = (b, a)⟧;")]
    [InlineData("SGK0023", "float x = ⟦n switch { 1 => 2f }⟧;")]
    [InlineData("SGK0023", "float x = n switch { 1 ⟦when v[0] > 0⟧ => 2f, _ => 1f };")]
    [InlineData("SGK0023", "float x = (⟦n + 1⟧) switch { 1 => 2f, _ => 1f };", null)]
    [InlineData("SGK0005", "DateTime ⟦d⟧ = default;")]
    [InlineData("SGK0024", "Explicit ⟦e⟧ = default;")]
    public void Statements(string id, string body, string? also = "")
    {
        if (also is null)
        {
            // Parentheses belong to the governed expression.
            body = body.Replace("(⟦", "⟦(", StringComparison.Ordinal).Replace("⟧)", ")⟧", StringComparison.Ordinal);
        }

        string source = Other + "static class K { static float Factor = 2f; static void Keep(C c) { } "
            + "static void Wait() { Group.Barrier(); } [Kernel] public static void Run(FloatView v, int n) { "
            + body + " } }";
        Check(id, source, also ?? string.Empty);
    }

    [Theory]
    [InlineData("SGK0002", "[Kernel] public void ⟦Run⟧(FloatView v) { }")]
    [InlineData("SGK0002", "[Kernel] public static float ⟦Run⟧(FloatView v) => 1f;")]
    [InlineData("SGK0002", "[Kernel] static void ⟦Run⟧(FloatView v) { }", "CS0122")]
    [InlineData("SGK0003", "[Kernel] public static void Run(double ⟦x⟧) { }")]
    [InlineData("SGK0003", "[Kernel] public static void Run(bool ⟦x⟧) { }")]
    [InlineData("SGK0003", "[Kernel] public static void Run(ref float ⟦x⟧) { }", "CS1620")]
    [InlineData("SGK0003", "[Kernel] public static void Run(View<double> ⟦x⟧) { }")]
    [InlineData("SGK0019", "[Kernel] public static void ⟦Run⟧<T>(FloatView v) where T : struct, IF { }")]
    [InlineData("SGK0019", "[Kernel, ⟦KernelInstance(typeof(NotF))⟧] public static void Run<T>() where T : struct, IF { }")]
    [InlineData("SGK0019", "[Kernel, ⟦KernelInstance(typeof(S), typeof(S))⟧] public static void Run<T>() where T : struct { }")]
    [InlineData("SGK0019", "[Kernel, KernelInstance(typeof(S))] public static void ⟦Run⟧() { }")]
    [InlineData("SGK0020", "[Kernel] public static void Run() { } [Kernel(Name = \"KRun\")] public static void ⟦B⟧() { }")]
    [InlineData("SGK0020", "[Kernel] public static void Run() { } [Kernel] public static void ⟦Run⟧(int n) { }")]
    [InlineData("SGK0024", "struct B { public bool F; } [Kernel] internal static void Run(B ⟦b⟧) { }", "CS0")]
    [InlineData("SGK0024", "public struct W { public FloatView V; } [Kernel] public static void Run(W ⟦w⟧) { }")]
    [InlineData("SGK0025", "[Kernel, ⟦KernelCost(\"item\", Flops = \"2 * m\")⟧] public static void Run(int n) { }")]
    [InlineData("SGK0022", "[Kernel] public static void Run(FloatView v, int n) { FloatView a = ⟦v.AsAligned(n)⟧; a[0] = 1f; }")]
    [InlineData("SGK0022", "[Kernel] public static void Run(FloatView v) { FloatView a = ⟦v.AsAligned(12)⟧; a[0] = 1f; }")]
    [InlineData("SGK0026", "[Kernel(GroupSize = 2048)] public static void ⟦Run⟧() { }")]
    public void Members(string id, string member, string also = "")
        => Check(id, Other + "static class K { " + member + " }", also);

    [Fact]
    public void AnInterfaceCallWithoutATypeParameterIsReported()
        => Check(
            "SGK0011",
            "interface I { float F(); } struct S : I { public float F() => 1f; } static class K { "
                + "static float Call(I i) => ⟦i.F()⟧; "
                + "[Kernel] public static void Run(FloatView v) { v[0] = Call(new S()); } }",
            "SGK0005");

    [Fact]
    public void AMutatingMethodOfAStructIsReported()
        => Check(
            "SGK0024",
            "struct S { public float A; public float Next() { A += 1; return A; } } static class K { "
                + "[Kernel] public static void Run(FloatView v) { S s = default; v[0] = ⟦s.Next()⟧; } }");

    [Fact]
    public void AHelperInAnotherFileIsReportedThere()
    {
        (ImmutableArray<Diagnostic> diagnostics, _) = GeneratorRun.Diagnose(
            "static class K { [Kernel] public static void Run(FloatView v) { v[0] = H.F(v[1]); } }",
            "static class H\n{\n    public static float F(float x) => (float)System.Math.Exp(x);\n}");

        Diagnostic diagnostic = Assert.Single(diagnostics);
        Assert.Equal("SGK0004", diagnostic.Id);
        Assert.Equal("File1.cs", diagnostic.Location.GetLineSpan().Path);
        Assert.Equal(2, diagnostic.Location.GetLineSpan().StartLinePosition.Line);
    }

    [Theory]
    [InlineData("for (int i = 0; i < ; i++) { v[i] = }")]
    [InlineData("v[0] = Missing(1) + x.y.z;")]
    public void WhatTheCompilerReportsIsLeftToIt(string body)
    {
        (ImmutableArray<Diagnostic> diagnostics, Diagnostic[] errors) = GeneratorRun.Diagnose(
            "static class K { [Kernel] public static void Run(FloatView v) { " + body + " } }");

        Assert.Empty(diagnostics);
        Assert.NotEmpty(errors);
    }

    [Theory]
    [InlineData("FloatView w = n > 0 ? v : v.SubView(1, 2); v[0] = w.IntLength;")]
    [InlineData("FloatView w = v.SubView(1); v[0] = w.IntLength;")]
    [InlineData("v[0] = (n > 0 ? v : v).IntLength;")]
    public void ALengthIsAnArgumentWhereAPartNeedsIt(string body)
    {
        string text = GeneratorRun.Sources(
            "static class K { [Kernel] public static void Run(FloatView v, int n) { " + body + " } }")["K.Run.g.cs"];

        Assert.Contains("__global float* v, int v_offset, int v_length,", text, StringComparison.Ordinal);
        Assert.Contains("float* v, int v_length,", text, StringComparison.Ordinal);
    }

    [Fact]
    public void AUniformReturnBeforeABarrierIsAllowed()
    {
        (ImmutableArray<Diagnostic> diagnostics, Diagnostic[] errors) = GeneratorRun.Diagnose(
            "static class K { [Kernel] public static void Run(FloatView v, int n) "
                + "{ if (Grid.IdxX >= n) { return; } for (int i = 0; i < n; i++) { Group.Barrier(); } } }");

        Assert.Empty(diagnostics);
        Assert.Empty(errors);
    }

    /// <summary>Checks that the diagnostic is there; <paramref name="also"/> begins the ids of others that follow.</summary>
    private static void Check(string id, string marked, string also = "")
    {
        int start = marked.IndexOf('⟦', StringComparison.Ordinal);
        int end = marked.IndexOf('⟧', StringComparison.Ordinal) - 1;
        string source = marked.Replace("⟦", string.Empty, StringComparison.Ordinal)
            .Replace("⟧", string.Empty, StringComparison.Ordinal);

        (ImmutableArray<Diagnostic> diagnostics, _) = GeneratorRun.Diagnose(source);

        Diagnostic? found = diagnostics.FirstOrDefault(
            d => d.Id == id && d.Location.SourceSpan.Start == start && d.Location.SourceSpan.End == end);
        Assert.True(found is not null, "Reported: " + string.Join("; ", diagnostics.Select(
            d => $"{d.Id} at '{source[d.Location.SourceSpan.Start..d.Location.SourceSpan.End]}': {d.GetMessage()}")));
        Assert.Equal(DiagnosticSeverity.Error, found.Severity);
        Assert.DoesNotContain(
            diagnostics,
            d => d.Id != id && (also.Length == 0 || !d.Id.StartsWith(also, StringComparison.Ordinal)));
        Assert.Equal("File0.cs", found.Location.GetLineSpan().Path);
        Assert.DoesNotContain("{0}", found.GetMessage(), StringComparison.Ordinal);
    }
}
