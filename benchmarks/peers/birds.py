"""The small network with windows on birds in PyTorch: cub-small/2st-cnn-128, with the names of our weights."""
import torch
import torch.nn.functional as F
from torch import nn

WINDOWS = 2
SCALE = 0.5
CROP = 64
WIDTH = 16
CLASSES = 200


class Block(nn.Module):
    def __init__(self, inputs, width, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, width, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.downsample = None
        if stride > 1 or inputs != width:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, width, 1, stride, bias=False), nn.BatchNorm2d(width))

    def forward(self, x):
        around = x if self.downsample is None else self.downsample(x)
        x = F.relu(self.bn1(self.conv1(x)), inplace=True)
        return F.relu(self.bn2(self.conv2(x)) + around, inplace=True)


class Backbone(nn.Module):
    """torchvision's ResNet with one block a layer and a quarter of the filters, without its classifier."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, WIDTH, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(WIDTH)
        for i in range(4):
            setattr(self, f"layer{i + 1}", nn.Sequential(Block(WIDTH << max(0, i - 1), WIDTH << i, 1 if i == 0 else 2)))

    def features(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x)), inplace=True), 3, 2, 1)
        return self.layer4(self.layer3(self.layer2(self.layer1(x))))

    def forward(self, x):
        return torch.flatten(F.adaptive_avg_pool2d(self.features(x), 1), 1)


class Features(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = Backbone()

    def forward(self, x):
        return self.backbone.features(x)


class Localisation(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = Features()
        self.reduce = nn.Conv2d(WIDTH << 3, 128, 1)
        self.fc = nn.Linear(128 * (CROP // 32) ** 2, 128)
        self.theta = nn.Linear(128, 2 * WINDOWS)

    def forward(self, x):
        x = F.relu(self.reduce(self.features(F.avg_pool2d(x, 2))))
        return self.theta(F.relu(self.fc(torch.flatten(x, 1))))


class Transformers(nn.Module):
    def __init__(self):
        super().__init__()
        self.localisation = Localisation()

    def forward(self, x):
        middles = self.localisation(x).view(-1, WINDOWS, 2)
        return [self.window(x, middles[:, i]) for i in range(WINDOWS)]

    def window(self, x, middle):
        scale = torch.eye(2, dtype=x.dtype).mul(SCALE).expand(len(x), 2, 2)
        grid = F.affine_grid(torch.cat([scale, middle.unsqueeze(2)], 2), (len(x), 3, CROP, CROP), align_corners=False)
        return F.grid_sample(x, grid, align_corners=False)


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("deviation", torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1), persistent=False)
        self.transformers = Transformers()
        self.descriptors = nn.ModuleList(Backbone() for _ in range(WINDOWS))
        self.classifier = nn.Linear(WINDOWS * (WIDTH << 3), CLASSES)

    def forward(self, x):
        windows = self.transformers((x - self.mean) / self.deviation)
        return self.classifier(torch.cat([describe(window) for describe, window in zip(self.descriptors, windows)], 1))
