"""Judging badges, our own and other people's: what was found and what speaks for or against it.

`judging.judge` does it, from bytes alone. It and what it imports are large and slow: the program
asks `bot.badges.process`, and itself needs no more than `steps`.
"""
