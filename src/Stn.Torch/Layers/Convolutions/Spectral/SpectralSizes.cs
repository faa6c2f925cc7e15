namespace Stn.Torch.Layers.Convolutions.Spectral;

/// <summary>Sizes of a convolution by spectra, and its transforms.</summary>
internal sealed class SpectralSizes
{
    internal SpectralSizes(Tensor image, Tensor weight, int padding)
    {
        (Images, Inputs, Height, Width) = ((int)image.Size(0), (int)image.Size(1), (int)image.Size(2), (int)image.Size(3));
        (Outputs, Kernel, Padding) = ((int)weight.Size(0), (int)weight.Size(2), padding);
        Plan = new SpectralPlan(Height + (2 * padding), Width + (2 * padding));
    }

    internal SpectralPlan Plan { get; }

    internal int Images { get; }

    internal int Inputs { get; }

    internal int Height { get; }

    internal int Width { get; }

    internal int Outputs { get; }

    internal int Kernel { get; }

    internal int Padding { get; }

    internal ImageLayout Input => new(Height, Width, Padding, Inputs);

    internal ImageLayout Output => new(Plan.Rows.Points - Kernel + 1, Plan.Columns.Points - Kernel + 1, 0, Outputs);

    /// <summary>The kernels of one input channel, as an image of the output channels.</summary>
    internal ImageLayout Weight => new(Kernel, Kernel, 0, Outputs);
}
