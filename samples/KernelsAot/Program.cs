using Stn.Kernels;

string[] drawing =
[
    "                ",
    "                ",
    "   ##########   ",
    "   ##########   ",
    "   ###          ",
    "   ###          ",
    "   ###          ",
    "   ########     ",
    "   ########     ",
    "   ###          ",
    "   ###          ",
    "   ###          ",
    "   ###          ",
    "   ###          ",
    "                ",
    "                ",
];
var (size, plane) = (drawing.Length, new Plane(drawing.Length, drawing.Length));
var shape = new ImageBatch(Count: 1, Channels: 1, plane);
float[] letter = [.. drawing.SelectMany(row => row.Select(ink => ink == '#' ? 1f : 0f))];

// V is read at θ·(x, y, 1): a positive angle turns the sampled region clockwise, so the picture turns the other way.
static float[] Turn(double degrees, double scale = 1)
{
    var (sin, cos) = Math.SinCos(double.DegreesToRadians(degrees));
    return [(float)(scale * cos), (float)(-scale * sin), 0, (float)(scale * sin), (float)(scale * cos), 0];
}

float[] Warped(float[] theta)
{
    var output = new float[plane.Length];
    AffineWarp.Forward<float>(letter, shape, theta, Sampling.Linear(), AlignCorners.False, plane, output);
    return output;
}

Console.WriteLine(KernelVectors.InUse ? "on vectors" : "in scalar form");
foreach (var row in Warped(Turn(30)).Chunk(size))
    Console.WriteLine(string.Concat(row.Select(ink => ink > 0.5f ? "##" : ink > 0.1f ? "--" : "  ")).TrimEnd());

// A quarter turn only moves pixels: V(row, column) = U(column, size − 1 − row).
var quarter = Warped(Turn(90));
var moved = Enumerable.Range(0, plane.Length).Select(i => letter[(i % size * size) + size - 1 - (i / size)]);
if (quarter.Zip(moved, (v, u) => Math.Abs(v - u)).Max() > 1e-5f)
    return 1;

// Of a picture whose value is its own x, read well inside, ΣV has the gradient (Σx, Σy, Σ1) = (0, 0, size²) to the first row of θ.
float[] ramp = [.. Enumerable.Range(0, plane.Length).Select(i => (((2 * (i % size)) + 1f) / size) - 1)];
float[] ones = [.. Enumerable.Repeat(1f, plane.Length)], gradient = new float[6];
AffineWarp.Backward<float>(ramp, shape, Turn(30, scale: 0.5), Sampling.Linear(), AlignCorners.False, plane, ones, [], gradient);
float[] expected = [0, 0, plane.Length, 0, 0, 0];
return gradient.Zip(expected, (g, e) => Math.Abs(g - e)).Max() < 1e-3f ? 0 : 1;
