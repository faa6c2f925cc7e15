"""The paper's digit networks in PyTorch, for `stn bench step` to time beside Stn's.

A process that answers one JSON line with another until its input ends:
  load     network, canvas, width, weights (safetensors), images and labels in another, rate
  prepare  phase, batch, seconds (how long a form is tried): makes ready, and answers with what must agree on both
           sides: the first logits, or the losses of a few steps from the loaded weights; with the memory that these took
  time     phase, batch, calls: the seconds of so many calls

    step.py --threads 2            written as people write it
    step.py --threads 2 --tuned    each phase in the fastest of the forms that PyTorch offers without rewriting the layers
"""
import argparse
import itertools
import json
import struct
import sys
import time

import numpy
import torch
import torch.nn.functional as F
from torch import nn

import birds

SMALL_STEPS = 40
CHECKED_STEPS = 5
CHECKED_ROWS = 16
KINDS = {"F32": numpy.float32, "I64": numpy.int64}


def read_safetensors(path):
    with open(path, "rb") as file:
        content = file.read()
    length, = struct.unpack_from("<Q", content)
    header, data = json.loads(content[8:8 + length]), content[8 + length:]
    header.pop("__metadata__", None)
    return {
        name: torch.from_numpy(numpy.frombuffer(data[slice(*entry["data_offsets"])], KINDS[entry["dtype"]]).reshape(entry["shape"]).copy())
        for name, entry in header.items()
    }


class Form:
    """How the same network is computed."""

    def __init__(self, layout="as made", pool_first=False):
        self.layout, self.pool_first = layout, pool_first

    def __str__(self):
        return f"{self.layout}, {'pool before ReLU' if self.pool_first else 'ReLU before pool'}"

    def enter(self, images):
        return images.to_mkldnn() if self.layout == "mkldnn" else images

    def leave(self, features):
        return features.to_dense() if features.layout == torch._mkldnn else features

    def activate(self, features, ceil=False):
        if self.pool_first:
            return F.relu(F.max_pool2d(features, 2, 2, ceil_mode=ceil))
        return F.max_pool2d(F.relu(features), 2, 2, ceil_mode=ceil)


def pooled(size, ceil):
    return (size + ceil) // 2


class Cnn(nn.Module):
    def __init__(self, side, width, form):
        super().__init__()
        self.form = form
        self.ceil = pooled(pooled(side - 8, False) - 6, False) < 1
        last = pooled(pooled(side - 8, self.ceil) - 6, self.ceil)
        self.conv1 = nn.Conv2d(1, width, 9)
        self.conv2 = nn.Conv2d(width, width, 7)
        self.fc = nn.Linear(width * last * last, 10)

    def forward(self, x):
        x = self.form.activate(self.conv1(self.form.enter(x)), self.ceil)
        x = self.form.activate(self.conv2(x), self.ceil)
        return self.fc(torch.flatten(self.form.leave(x), 1))


class Fcn(nn.Module):
    def __init__(self, side, width):
        super().__init__()
        self.fc1 = nn.Linear(side * side, width)
        self.fc2 = nn.Linear(width, width)
        self.fc3 = nn.Linear(width, 10)

    def forward(self, x):
        x = F.relu(self.fc1(torch.flatten(x, 1)))
        return self.fc3(F.relu(self.fc2(x)))


class ConvolutionalLocalisation(nn.Module):
    def __init__(self, side, form):
        super().__init__()
        self.form = form
        last = (side // 2 - 4) // 2 - 4
        self.conv1 = nn.Conv2d(1, 20, 5)
        self.conv2 = nn.Conv2d(20, 20, 5)
        self.fc = nn.Linear(20 * last * last, 20)
        self.theta = nn.Linear(20, 6)

    def forward(self, x):
        x = self.form.enter(F.avg_pool2d(x, 2))
        x = F.relu(self.conv2(self.form.activate(self.conv1(x))))
        x = F.relu(self.fc(torch.flatten(self.form.leave(x), 1)))
        return self.theta(x)


class FullyConnectedLocalisation(nn.Module):
    def __init__(self, side):
        super().__init__()
        self.fc1 = nn.Linear(side * side, 32)
        self.fc2 = nn.Linear(32, 32)
        self.fc3 = nn.Linear(32, 32)
        self.theta = nn.Linear(32, 6)

    def forward(self, x):
        x = F.relu(self.fc1(torch.flatten(x, 1)))
        x = F.relu(self.fc2(x))
        return self.theta(F.relu(self.fc3(x)))


class Transformer(nn.Module):
    def __init__(self, localisation):
        super().__init__()
        self.localisation = localisation

    def forward(self, x):
        theta = self.localisation(x).view(-1, 2, 3)
        grid = F.affine_grid(theta, x.size(), align_corners=False)
        return F.grid_sample(x, grid, align_corners=False)


class Network(nn.Module):
    def __init__(self, name, side, width, form):
        super().__init__()
        convolutional = name.endswith("cnn") or "-cnn-" in name
        self.transformer = None
        self.pools = side > 28 and (name == "fcn" or name.startswith("st-"))
        if name.startswith("st-"):
            self.transformer = Transformer(ConvolutionalLocalisation(side, form) if convolutional else FullyConnectedLocalisation(side))
        seen = side // 2 if self.pools else side
        self.classifier = Cnn(seen, width, form) if convolutional else Fcn(seen, width)

    def forward(self, x):
        if self.transformer is not None:
            x = self.transformer(x)
        if self.pools:
            x = F.avg_pool2d(x, 2)
        return self.classifier(x)


class Subject:
    """A network with its data, and the two things that are timed."""

    def __init__(self, request, tuned):
        self.name, self.side, self.width, self.rate = request["network"], request["canvas"], request["width"], request["rate"]
        self.is_birds = self.name.startswith("cub-")
        self.tuned = tuned
        self.weights = read_safetensors(request["weights"])
        data = read_safetensors(request["data"])
        self.images, self.labels = data["images"], data["labels"]
        self.calls = {}

    def batches(self, size):
        """The same batches in turn, as a loader would hand them over."""
        pairs = [(x.contiguous(), y.contiguous()) for x, y in zip(self.images.split(size), self.labels.split(size)) if len(x) == size]
        return itertools.cycle(pairs[:4])

    def network(self, form):
        network = birds.Network() if self.is_birds else Network(self.name, self.side, self.width, form)
        network.load_state_dict(self.weights)
        return network.to(memory_format=torch.channels_last) if form.layout == "channels_last" else network

    def training(self, form, size):
        network = self.network(form).train()
        options = {"foreach": True} if self.tuned else {}
        optimiser = torch.optim.Adam(network.parameters(), lr=self.rate, **options)
        batches = self.batches(size)

        def step():
            images, labels = next(batches)
            if form.layout == "channels_last":
                images = images.contiguous(memory_format=torch.channels_last)
            optimiser.zero_grad(set_to_none=True) if self.tuned else optimiser.zero_grad()
            loss = F.cross_entropy(network(images), labels)
            loss.backward()
            optimiser.step()
            return loss.item()
        return step

    def inference(self, form, size):
        network = self.network(form).eval()
        batches = self.batches(size)
        mode = torch.inference_mode if self.tuned else torch.no_grad
        if form.layout == "optimize_for_inference":
            with torch.no_grad():
                network = torch.jit.optimize_for_inference(torch.jit.freeze(torch.jit.trace(network, next(batches)[0])))
                batches = self.batches(size)

        def step():
            images, _ = next(batches)
            if form.layout == "channels_last":
                images = images.contiguous(memory_format=torch.channels_last)
            with mode():
                return network(images)
        return step

    def make(self, phase):
        return self.training if phase == "train" else self.inference

    def forms(self, phase):
        if not self.tuned:
            return [Form()]
        layouts = ["as made"] + (["optimize_for_inference"] if phase == "inference" else [])
        if self.is_birds:  # batch norm stands between its convolutions and ReLU: no order to choose, and none of it is in mkldnn's layout
            return [Form(layout) for layout in layouts + ["channels_last"]]
        if "cnn" not in self.name:
            return [Form(layout) for layout in layouts]
        return [Form(layout, first) for layout in layouts + ["channels_last", "mkldnn"] for first in (False, True)]

    def fastest(self, phase, size, trial):
        """The form whose best call is the fastest; forms that this PyTorch refuses are left out."""
        best = None
        for form in self.forms(phase):
            try:
                call = self.make(phase)(form, size)
                call()
            except RuntimeError as error:
                print(f"step.py: {form}: {str(error).splitlines()[0]}", file=sys.stderr)
                continue
            taken, start = [], time.perf_counter()
            while len(taken) < 2 or time.perf_counter() - start < trial:
                taken.append(seconds(call, 1))
            if best is None or min(taken) < best[0]:
                best = (min(taken), form)
        return best[1]

    def prepare(self, phase, size, trial):
        form = self.fastest(phase, size, trial) if self.tuned else Form()
        # Small batches first: the libraries' code and the interpreter's own memory are not the step's.
        small = self.make(phase)(form, min(2, size))
        for _ in range(SMALL_STEPS):
            small()
        call = self.make(phase)(form, size)
        self.calls[phase, size] = call
        reset_high_water()
        before = resident("VmRSS")
        values = [call() for _ in range(CHECKED_STEPS)] if phase == "train" else call()[:CHECKED_ROWS].flatten().tolist()
        return {"values": values, "form": str(form) if self.tuned else None, "memory": resident("VmHWM") - before}


def seconds(call, calls):
    start = time.perf_counter()
    for _ in range(calls):
        call()
    return time.perf_counter() - start


def resident(name):
    """VmRSS, the resident memory of this process, or VmHWM, the largest since the last reset; in bytes."""
    with open("/proc/self/status") as file:
        line = next(line for line in file if line.startswith(name + ":"))
    return int(line.split()[1]) * 1024


def reset_high_water():
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")


def mapped_blas():
    with open("/proc/self/maps") as file:
        paths = {line.split()[-1] for line in file if "/" in line}
    return sorted(path for path in paths if "blas" in path.rsplit("/", 1)[-1] or "mkl_" in path.rsplit("/", 1)[-1])


def answer(subjects, request, tuned):
    command = request["command"]
    if command == "load":
        subjects[:] = [Subject(request, tuned)]
        return {}
    if command == "prepare":
        return subjects[0].prepare(request["phase"], request["batch"], request["seconds"])
    call, calls = subjects[0].calls[request["phase"], request["batch"]], request["calls"]
    if calls > 1:
        call()
    return {"seconds": seconds(call, calls)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--tuned", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.mm(torch.ones(2, 2), torch.ones(2, 2))  # loads the BLAS
    name = "PyTorch with its best settings" if options.tuned else "PyTorch"
    print(json.dumps({"name": name, "version": torch.__version__, "threads": torch.get_num_threads(), "blas": mapped_blas()}), flush=True)
    subjects = []
    for line in sys.stdin:
        print(json.dumps(answer(subjects, json.loads(line), options.tuned)), flush=True)


if __name__ == "__main__":
    main()
