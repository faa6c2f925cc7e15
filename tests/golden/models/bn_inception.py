"""Inception with batch norm in PyTorch's own modules, written from the layer table of the Caffe network alone.

It shares nothing with src/Stn.Models but the names of the layers: a test compares the two.
"""
import torch
from torch import nn
from torch.nn import functional as F

# Per block: 1x1; 3x3 reduce, 3x3; double reduce, double 1, double 2; projection after the pooling; pooling.
BLOCKS = {
    "3a": (64, (64, 64), (64, 96, 96), 32, "avg"),
    "3b": (64, (64, 96), (64, 96, 96), 64, "avg"),
    "3c": (None, (128, 160), (64, 96, 96), None, "stride"),
    "4a": (224, (64, 96), (96, 128, 128), 128, "avg"),
    "4b": (192, (96, 128), (96, 128, 128), 128, "avg"),
    "4c": (160, (128, 160), (128, 160, 160), 128, "avg"),
    "4d": (96, (128, 192), (160, 192, 192), 128, "avg"),
    "4e": (None, (128, 192), (192, 256, 256), None, "stride"),
    "5a": (352, (192, 320), (160, 224, 224), 128, "avg"),
    "5b": (352, (192, 320), (192, 224, 224), 128, "max"),
}


class BnInception(nn.Module):
    def __init__(self, classes=1000, channels=3):
        super().__init__()
        self.strides = {}
        self.layer("conv1_7x7_s2", channels, 64, 7, 2)
        self.layer("conv2_3x3_reduce", 64, 64, 1)
        self.layer("conv2_3x3", 64, 192, 3)
        width = 192
        for block, (one, three, double, projection, pool) in BLOCKS.items():
            name, stride = f"inception_{block}_", 2 if pool == "stride" else 1
            if one:
                self.layer(name + "1x1", width, one, 1)
            self.layer(name + "3x3_reduce", width, three[0], 1)
            self.layer(name + "3x3", three[0], three[1], 3, stride)
            self.layer(name + "double_3x3_reduce", width, double[0], 1)
            self.layer(name + "double_3x3_1", double[0], double[1], 3)
            self.layer(name + "double_3x3_2", double[1], double[2], 3, stride)
            if projection:
                self.layer(name + "pool_proj", width, projection, 1)
            width = (one or 0) + three[1] + double[2] + (projection or width)
        self.last_linear = nn.Linear(width, classes)

    def layer(self, name, inputs, outputs, kernel, stride=1):
        self.add_module(name, nn.Conv2d(inputs, outputs, kernel, stride, padding=kernel // 2))
        self.add_module(name + "_bn", nn.BatchNorm2d(outputs))

    def run(self, name, x):
        return F.relu(getattr(self, name + "_bn")(getattr(self, name)(x)))

    def chain(self, x, *names):
        for name in names:
            x = self.run(name, x)
        return x

    def block(self, x, block):
        name, pool = f"inception_{block}_", BLOCKS[block][4]
        outputs = [] if pool == "stride" else [self.run(name + "1x1", x)]
        outputs.append(self.chain(x, name + "3x3_reduce", name + "3x3"))
        outputs.append(self.chain(x, name + "double_3x3_reduce", name + "double_3x3_1", name + "double_3x3_2"))
        if pool == "stride":
            outputs.append(F.max_pool2d(x, 3, 2, ceil_mode=True))
        elif pool == "max":
            outputs.append(self.run(name + "pool_proj", F.max_pool2d(x, 3, 1, 1)))
        else:
            outputs.append(self.run(name + "pool_proj", F.avg_pool2d(x, 3, 1, 1, count_include_pad=True)))
        return torch.cat(outputs, 1)

    def features(self, x):
        x = F.max_pool2d(self.run("conv1_7x7_s2", x), 3, 2, ceil_mode=True)
        x = F.max_pool2d(self.chain(x, "conv2_3x3_reduce", "conv2_3x3"), 3, 2, ceil_mode=True)
        for block in BLOCKS:
            x = self.block(x, block)
        return x

    def forward(self, x):
        return self.last_linear(self.features(x).mean((2, 3)))
