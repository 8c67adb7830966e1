"""Skills: what people can do, told by themselves against the descriptors of a framework."""

from bot.skills.assessment import CAP, CHECKS, QUICK, Assessment, Item
from bot.skills.model import CAUTIOUS, Parameters

__all__ = ["CAP", "CAUTIOUS", "CHECKS", "QUICK", "Assessment", "Item", "Parameters"]
