"""The wide net beside the frames: `candidates` proposes claims, `features` says what speaks for and against each, `ranking` accepts or rejects
them and gives every claim its confidence. `trees` and `pairs` read the parse for the features.
"""
