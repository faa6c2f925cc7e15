"""Writes what PyTorch computes, for the tests of training to compare with: python3 make_training.py

Needs Debian's python3-torch (the same libtorch as the tests use). Each file is a safetensors file, written by hand below:
eight bytes of header length, a JSON header, the numbers. One thread, so that sums have one order.
"""
import json
import pathlib
import struct

import torch

FOLDER = pathlib.Path(__file__).parent
STEPS = 20
torch.set_num_threads(1)


def save(name, tensors):
    header, body = {}, b""
    for key, tensor in tensors.items():
        kind = {torch.float32: "F32", torch.float64: "F64", torch.int64: "I64"}[tensor.dtype]
        data = tensor.detach().contiguous().numpy().tobytes()
        header[key] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    text = json.dumps(header).encode()
    (FOLDER / name).write_bytes(struct.pack("<Q", len(text)) + text + body)


def network():
    return torch.nn.Sequential(
        torch.nn.Conv2d(1, 4, 3), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
        torch.nn.Conv2d(4, 6, 3, padding=1), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(6 * 4 * 4, 5))


def train(start, images, labels, optimiser_of, rate_of=None):
    model = network()
    model.load_state_dict(start)
    optimiser = optimiser_of(model.parameters())
    schedule = rate_of(optimiser) if rate_of else None
    losses = []
    for step in range(STEPS):
        optimiser.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(images[step]), labels[step])
        loss.backward()
        optimiser.step()
        if schedule:
            schedule.step()
        losses.append(loss.item())
    return {"losses": torch.tensor(losses, dtype=torch.float64), **model.state_dict()}


def rates(make, steps):
    optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
    schedule = make(optimiser)
    values = []
    for step in range(steps):
        values.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        if step + 1 < steps:
            schedule.step()
    return torch.tensor(values, dtype=torch.float64)


def layers():
    result = {}
    image = torch.randn(2, 3, 7, 7)
    result["image"] = image
    conv = torch.nn.Conv2d(3, 4, 3, stride=2, padding=1)
    result.update({"conv.weight": conv.weight, "conv.bias": conv.bias, "conv.out": conv(image)})
    result["max_pool.out"] = torch.nn.functional.max_pool2d(image, 3, ceil_mode=True)
    result["max_pool_floor.out"] = torch.nn.functional.max_pool2d(image, 3)
    result["avg_pool.out"] = torch.nn.functional.avg_pool2d(image, 2, ceil_mode=True)
    norm = torch.nn.BatchNorm2d(3)
    with torch.no_grad():
        norm.weight.copy_(torch.tensor([0.5, 1.0, 2.0]))
        norm.bias.copy_(torch.tensor([0.1, 0.0, -0.3]))
    result.update({"norm.weight": norm.weight.clone(), "norm.bias": norm.bias.clone()})
    result["norm.train"] = norm(image)
    norm(image * 2 + 1)
    norm.eval()
    result["norm.eval"] = norm(image)
    result.update({"norm.running_mean": norm.running_mean, "norm.running_var": norm.running_var})
    logits, labels = torch.randn(6, 5), torch.randint(0, 5, (6,))
    result.update({"logits": logits, "labels": labels})
    result["cross_entropy"] = torch.nn.functional.cross_entropy(logits, labels)
    torch.manual_seed(5)
    result["normal"] = torch.randn(50)
    torch.manual_seed(5)
    result["dropout"] = torch.nn.functional.dropout(torch.ones(50), 0.4)
    return result


def main():
    torch.manual_seed(20)
    images, labels = torch.randn(STEPS, 4, 1, 10, 10), torch.randint(0, 5, (STEPS, 4))
    start = {name: value.clone() for name, value in network().state_dict().items()}
    save("start.safetensors", {"images": images, "labels": labels, **start})
    optim = torch.optim
    runs = {
        "sgd": (lambda p: optim.SGD(p, lr=0.05, momentum=0.9, weight_decay=0.01), None),
        "plain_sgd": (lambda p: optim.SGD(p, lr=0.05), None),
        "adam": (lambda p: optim.Adam(p, lr=0.003, weight_decay=0.01), None),
        "adamw": (lambda p: optim.AdamW(p, lr=0.003, weight_decay=0.1), None),
        "one_cycle": (lambda p: optim.Adam(p, lr=0.01),
                      lambda o: optim.lr_scheduler.OneCycleLR(o, 0.01, total_steps=STEPS + 1, cycle_momentum=False)),
    }
    for name, (optimiser_of, rate_of) in runs.items():
        save(f"{name}.safetensors", train(start, images, labels, optimiser_of, rate_of))
    one_cycle = optim.lr_scheduler.OneCycleLR
    save("schedules.safetensors", {
        "one_cycle": rates(lambda o: one_cycle(o, 0.1, total_steps=100), 100),
        "one_cycle_short": rates(lambda o: one_cycle(o, 0.1, total_steps=7), 7),
        "one_cycle_warm": rates(lambda o: one_cycle(o, 0.02, total_steps=50, pct_start=0.1), 50),
        "steps": rates(lambda o: optim.lr_scheduler.StepLR(o, 10), 45),
    })
    save("layers.safetensors", layers())


main()
