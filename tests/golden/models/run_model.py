"""run_model.py NAME FOLDER: runs a PyTorch network on FOLDER/weights.pt and FOLDER/images.pt for the tests of Stn.Models.

NAME is a network of torchvision, or bn_inception. Writes FOLDER/outputs.pt: the logits and the descriptors of inference, the
gradients of the logits' sum of squares, then the logits of one training pass and all buffers after it.
"""
import sys
from pathlib import Path

import torch


def network(name, classes, channels):
    if name == "bn_inception":
        from bn_inception import BnInception
        return BnInception(classes, channels), lambda net, x: net.features(x).mean((2, 3))
    import torchvision
    net = getattr(torchvision.models, name)(num_classes=classes)
    return net, lambda net, x: torch.nn.Sequential(*list(net.children())[:-1])(x).flatten(1)


def main(name, folder):
    folder = Path(folder)
    images = torch.load(folder / "images.pt")["images"]
    weights = torch.load(folder / "weights.pt")
    last = [key for key in weights if key.endswith(".bias")][-1]
    net, describe = network(name, len(weights[last]), images.shape[1])
    net.load_state_dict(weights, strict=True)
    learned = sum(p.numel() for p in net.parameters())
    outputs = {"learned": torch.tensor(learned)}
    net.eval()
    outputs["descriptors"] = describe(net, images).detach()
    logits = net(images)
    (logits ** 2).sum().backward()
    outputs["logits"] = logits.detach()
    outputs.update({f"gradient.{key}": p.grad for key, p in net.named_parameters()})
    net.train()
    outputs["training.logits"] = net(images).detach()
    outputs.update({f"after.{key}": b for key, b in net.named_buffers()})
    torch.save(outputs, folder / "outputs.pt")


main(*sys.argv[1:])
