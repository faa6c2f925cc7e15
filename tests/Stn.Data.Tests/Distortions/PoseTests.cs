using Stn.Data.Distortions;
using Stn.Kernels;

namespace Stn.Data.Tests.Distortions;

public sealed class PoseTests
{
    private static readonly Plane s_image = new(20, 28);
    private static readonly Plane s_canvas = new(50, 42);

    [Fact]
    public void No_pose_at_all_is_the_identity()
    {
        var theta = new double[6];
        new Pose(0, 1, 0, 0).CanvasToImage(s_image, s_image, theta);
        Assert.Equal([1, 0, 0, 0, 1, 0], theta);
    }

    [Fact]
    public void Theta_leads_a_point_of_the_canvas_back_to_where_it_came_from_in_the_image()
    {
        var pose = new Pose(30, 0.8, 3, -5);
        var theta = new double[6];
        pose.CanvasToImage(s_image, s_canvas, theta);
        var (sin, cos) = Math.SinCos(Math.PI / 6);
        foreach (var (x, y) in new[] { (0.0, 0.0), (10.0, 0.0), (0.0, 7.0), (-4.0, 3.0) })
        {
            // Forward, as Pose's remarks say, then to normalised coordinates, then back by θ.
            var canvasX = (3 + (0.8 * ((x * cos) + (y * sin)))) / (s_canvas.Width / 2.0);
            var canvasY = (-5 + (0.8 * ((-x * sin) + (y * cos)))) / (s_canvas.Height / 2.0);
            var imageX = ((theta[0] * canvasX) + (theta[1] * canvasY) + theta[2]) * (s_image.Width / 2.0);
            var imageY = ((theta[3] * canvasX) + (theta[4] * canvasY) + theta[5]) * (s_image.Height / 2.0);
            Assert.Equal(x, imageX, 1e-12);
            Assert.Equal(y, imageY, 1e-12);
        }
    }

    [Fact]
    public void A_positive_angle_turns_the_right_end_of_a_bar_upwards()
    {
        var bar = new byte[28 * 28];
        bar.AsSpan((14 * 28) + 14, 10).Fill(255);
        var canvas = new byte[28 * 28];
        var theta = new double[6];
        new Pose(45, 1, 0, 0).CanvasToImage(Synthetic.Plane, Synthetic.Plane, theta);
        ByteWarp.Affine(bar, Synthetic.Plane, theta, Synthetic.Plane, canvas);
        Assert.True(canvas[(8 * 28) + 20] > 100, "ink should be above and to the right of the middle");
        Assert.Equal(0, canvas[(20 * 28) + 20]);
    }

    [Fact]
    public void A_theta_of_another_length_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => default(Pose).CanvasToImage(s_image, s_canvas, new double[5]));
}
