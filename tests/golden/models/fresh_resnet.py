"""fresh_resnet.py NAME CLASSES SEED FILE: the weights of a new network of torchvision, drawn with a seed."""
import sys

import torch
import torchvision

name, classes, seed, file = sys.argv[1:]
torch.manual_seed(int(seed))
torch.save(getattr(torchvision.models, name)(num_classes=int(classes)).state_dict(), file)
