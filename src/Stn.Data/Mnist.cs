namespace Stn.Data;

/// <summary>MNIST: handwritten digits of 28×28 pixels, white ink (255) on black (0).</summary>
/// <param name="Train">The 60,000 training digits, in the order of the files.</param>
/// <param name="Test">The 10,000 test digits, in the order of the files.</param>
public sealed record Mnist(LabelledImages Train, LabelledImages Test)
{
    /// <summary>Splits the training digits: the last <paramref name="validation"/> of them are set apart for validation.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No digit would be left on one of the sides.</exception>
    public (LabelledImages Train, LabelledImages Validation) SplitTrain(int validation = 5_000)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(validation);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(validation, Train.Count);
        var kept = Train.Count - validation;
        return (Train.Slice(0, kept), Train.Slice(kept, validation));
    }
}
