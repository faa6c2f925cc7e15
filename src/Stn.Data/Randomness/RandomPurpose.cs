namespace Stn.Data.Randomness;

/// <summary>What random numbers are for: one seed gives independent numbers for each purpose. The values are part of every pinned result.</summary>
public enum RandomPurpose
{
    /// <summary>The order of the images of an epoch.</summary>
    Order = 0,

    /// <summary>The distortion of training images, afresh in each epoch.</summary>
    TrainingDistortion = 1,

    /// <summary>The one distortion of the test images.</summary>
    TestDistortion = 2,

    /// <summary>The one distortion of the validation images.</summary>
    ValidationDistortion = 3,

    /// <summary>Digits, places and distractors of scenes.</summary>
    Scene = 20,

    /// <summary>Random windows of scenes, afresh at each step.</summary>
    SceneWindow = 21,
}
