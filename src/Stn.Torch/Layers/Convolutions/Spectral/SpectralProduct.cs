namespace Stn.Torch.Layers.Convolutions.Spectral;

/// <summary>A complex matrix of inputs × outputs, r + i·s, as the real one ((r, s), (−s, r)) of twice the rows and columns.</summary>
internal static unsafe class SpectralProduct
{
    /// <summary>Writes the lower rows from the upper ones.</summary>
    internal static void Complete(float* matrix, int inputs, int outputs)
    {
        var lower = matrix + (2 * (nint)inputs * outputs);
        for (var row = 0; row < inputs; row++, matrix += 2 * outputs, lower += 2 * outputs)
        {
            for (var column = 0; column < outputs; column++)
                (lower[column], lower[outputs + column]) = (-matrix[outputs + column], matrix[column]);
        }
    }

    /// <summary>Adds the gradient of the lower rows to that of the upper ones, from which they came.</summary>
    internal static void Reduce(float* matrix, int inputs, int outputs)
    {
        var lower = matrix + (2 * (nint)inputs * outputs);
        for (var row = 0; row < inputs; row++, matrix += 2 * outputs, lower += 2 * outputs)
        {
            for (var column = 0; column < outputs; column++)
            {
                matrix[column] += lower[outputs + column];
                matrix[outputs + column] -= lower[column];
            }
        }
    }
}
