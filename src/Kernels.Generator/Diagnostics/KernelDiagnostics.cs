using Microsoft.CodeAnalysis;

namespace ScoreGpu.Kernels.Generator.Diagnostics;

/// <summary>Every diagnostic of the generator. An id keeps its meaning for ever.</summary>
internal static class KernelDiagnostics
{
    private const string Category = "KernelDialect";

    internal static readonly DiagnosticDescriptor NotInDialect = Error(
        "SGK0001",
        "Not part of the kernel dialect",
        "{0} is not part of the kernel dialect: {1}");

    internal static readonly DiagnosticDescriptor KernelShape = Error(
        "SGK0002",
        "A kernel has the wrong form",
        "A kernel must be {0}");

    internal static readonly DiagnosticDescriptor ParameterType = Error(
        "SGK0003",
        "A kernel's parameter has an unsupported type",
        "The parameter '{0}' is of type '{1}': pass a view of numbers or of structs, a number, or a "
            + "struct of numbers");

    internal static readonly DiagnosticDescriptor DoubleArithmetic = Error(
        "SGK0004",
        "Double arithmetic in a kernel",
        "'{0}' is of type {1}: kernels compute in float, so write float literals (1.5f), MathF and casts "
            + "to float, or compute it on the host");

    internal static readonly DiagnosticDescriptor ValueType = Error(
        "SGK0005",
        "A type that kernels cannot use",
        "'{0}' is of type '{1}', which kernels cannot use: use bool, int, uint, long, ulong, float, or a "
            + "struct of them");

    internal static readonly DiagnosticDescriptor Exceptions = Error(
        "SGK0006",
        "Exceptions in a kernel",
        "{0} cannot run on a device: check arguments on the host, or write an error code to a view");

    internal static readonly DiagnosticDescriptor StackMemory = Error(
        "SGK0007",
        "Span or stackalloc in a kernel",
        "{0} is not part of the kernel dialect: write 'float[] name = new float[constant]' for private "
            + "memory, or use a view");

    internal static readonly DiagnosticDescriptor Functions = Error(
        "SGK0008",
        "A function value or capture in a kernel",
        "{0}: write a static method, or a static local function, and pass it what it needs");

    internal static readonly DiagnosticDescriptor Recursion = Error(
        "SGK0009",
        "Recursion in a kernel",
        "'{0}' calls itself, directly or through others: devices have no call stack, so write a loop");

    internal static readonly DiagnosticDescriptor NoTranslation = Error(
        "SGK0010",
        "A method that has no translation",
        "'{0}' has no translation: {1}");

    internal static readonly DiagnosticDescriptor VirtualCall = Error(
        "SGK0011",
        "A call that is not known at build time",
        "'{0}' is not known at build time: call a static method, or a member of a struct type parameter "
            + "with 'where T : struct, …'");

    internal static readonly DiagnosticDescriptor SharedSize = Error(
        "SGK0012",
        "Shared memory of a size that is not constant",
        "The size of shared memory must be a constant: use a const, or SharedMemory.GetDynamic and give "
            + "the size at launch");

    internal static readonly DiagnosticDescriptor SharedPlace = Error(
        "SGK0013",
        "Shared memory allocated in the wrong place",
        "Shared memory is allocated as 'var name = SharedMemory.…' in the outermost block of the kernel: "
            + "move it there and pass the view on");

    internal static readonly DiagnosticDescriptor BarrierAfterReturn = Error(
        "SGK0014",
        "A barrier that some work-items may not reach",
        "Work-items that leave here never reach the barrier in line {0}, and the others wait for ever: "
            + "use an 'if' around the work and keep the barrier outside it");

    internal static readonly DiagnosticDescriptor BarrierDivergent = Error(
        "SGK0015",
        "A barrier under a condition that differs between work-items",
        "The condition in line {0} may differ between the work-items of a group, so that some never "
            + "reach this barrier: move the barrier out of the '{1}'");

    internal static readonly DiagnosticDescriptor ForEach = Error(
        "SGK0016",
        "foreach in a kernel",
        "foreach is not part of the kernel dialect: write 'for (int i = 0; i < view.IntLength; i++)'");

    internal static readonly DiagnosticDescriptor PrivateArray = Error(
        "SGK0017",
        "A private array in an unsupported form",
        "{0}: write 'float[] name = new float[constant]' as a declaration of its own");

    internal static readonly DiagnosticDescriptor StaticState = Error(
        "SGK0018",
        "Static state in a kernel",
        "'{0}' is not a constant: make it a const, or pass it as a parameter");

    internal static readonly DiagnosticDescriptor Instances = Error(
        "SGK0019",
        "The instances of a generic kernel are wrong",
        "{0}");

    internal static readonly DiagnosticDescriptor DuplicateName = Error(
        "SGK0020",
        "Two kernels have one name",
        "Two kernels are called '{0}': give one a name with [Kernel(Name = \"…\")] or [KernelInstance(…, "
            + "Name = \"…\")]");

    internal static readonly DiagnosticDescriptor NestedAssignment = Error(
        "SGK0021",
        "An assignment inside an expression",
        "'{0}' changes a variable inside an expression, whose order C does not define: make it a "
            + "statement of its own");

    internal static readonly DiagnosticDescriptor ViewUse = Error(
        "SGK0022",
        "A view or reference used in an unsupported way",
        "{0}");

    internal static readonly DiagnosticDescriptor Pattern = Error(
        "SGK0023",
        "A pattern that has no translation",
        "{0}");

    internal static readonly DiagnosticDescriptor StructMember = Error(
        "SGK0024",
        "A struct that kernels cannot use",
        "{0}");

    internal static readonly DiagnosticDescriptor CostFormula = Error(
        "SGK0025",
        "A cost formula that cannot be read",
        "'{0}' in the formula is neither a number, + - * / ( ), nor a numeric parameter of the kernel");

    internal static readonly DiagnosticDescriptor GroupSize = Error(
        "SGK0026",
        "An unusable group size",
        "A group of {0} work-items is not possible: 1 to 1024, or 0 to leave it to the launch");

    internal static readonly DiagnosticDescriptor Internal = Error(
        "SGK0027",
        "The generator failed",
        "The generator failed on '{0}'; please report this with the kernel: {1}");

    private static readonly Dictionary<string, DiagnosticDescriptor> s_byId = new[]
    {
        NotInDialect, KernelShape, ParameterType, DoubleArithmetic, ValueType,
        Exceptions, StackMemory, Functions, Recursion, NoTranslation,
        VirtualCall, SharedSize, SharedPlace, BarrierAfterReturn, BarrierDivergent,
        ForEach, PrivateArray, StaticState, Instances, DuplicateName,
        NestedAssignment, ViewUse, Pattern, StructMember, CostFormula,
        GroupSize, Internal,
    }.ToDictionary(descriptor => descriptor.Id);

    internal static DiagnosticDescriptor ById(string id) => s_byId[id];

    private static DiagnosticDescriptor Error(string id, string title, string message)
        => new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true);
}
