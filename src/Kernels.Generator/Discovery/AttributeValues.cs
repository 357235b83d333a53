using Microsoft.CodeAnalysis;

namespace ScoreGpu.Kernels.Generator.Discovery;

/// <summary>Reads what an attribute was given by name.</summary>
internal static class AttributeValues
{
    internal static T? Named<T>(AttributeData attribute, string name)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == name && argument.Value.Value is T value)
            {
                return value;
            }
        }

        return default;
    }
}
