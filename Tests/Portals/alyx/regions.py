"""A part of the Allen mouse tree as Alyx lists it: number, parent, acronym, name.

Facts of the Allen Mouse Brain Common Coordinate Framework (Allen Institute for Brain Science), 69 of its 1,328 regions;
as in Alyx, the parent of the root is number 0.
"""

from __future__ import annotations

REGIONS: tuple[tuple[int, int | None, str, str], ...] = (
    (0, None, "void", "void"),
    (997, None, "root", "root"),
    (8, 997, "grey", "Basic cell groups and regions"),
    (567, 8, "CH", "Cerebrum"),
    (688, 567, "CTX", "Cerebral cortex"),
    (695, 688, "CTXpl", "Cortical plate"),
    (315, 695, "Isocortex", "Isocortex"),
    (500, 315, "MO", "Somatomotor areas"),
    (993, 500, "MOs", "Secondary motor area"),
    (453, 315, "SS", "Somatosensory areas"),
    (322, 453, "SSp", "Primary somatosensory area"),
    (329, 322, "SSp-bfd", "Primary somatosensory area barrel field"),
    (669, 315, "VIS", "Visual areas"),
    (409, 669, "VISl", "Lateral visual area"),
    (385, 669, "VISp", "Primary visual area"),
    (593, 385, "VISp1", "Primary visual area layer 1"),
    (778, 385, "VISp5", "Primary visual area layer 5"),
    (31, 315, "ACA", "Anterior cingulate area"),
    (39, 31, "ACAd", "Anterior cingulate area dorsal part"),
    (22, 315, "PTLp", "Posterior parietal association areas"),
    (312782546, 22, "VISa", "Anterior area"),
    (1089, 695, "HPF", "Hippocampal formation"),
    (1080, 1089, "HIP", "Hippocampal region"),
    (375, 1080, "CA", "Ammon's horn"),
    (382, 375, "CA1", "Field CA1"),
    (463, 375, "CA3", "Field CA3"),
    (726, 1080, "DG", "Dentate gyrus"),
    (10703, 726, "DG-mo", "Dentate gyrus molecular layer"),
    (822, 1089, "RHP", "Retrohippocampal region"),
    (502, 822, "SUB", "Subiculum"),
    (623, 567, "CNU", "Cerebral nuclei"),
    (477, 623, "STR", "Striatum"),
    (485, 477, "STRd", "Striatum dorsal region"),
    (672, 485, "CP", "Caudoputamen"),
    (493, 477, "STRv", "Striatum ventral region"),
    (56, 493, "ACB", "Nucleus accumbens"),
    (343, 8, "BS", "Brain stem"),
    (1129, 343, "IB", "Interbrain"),
    (549, 1129, "TH", "Thalamus"),
    (864, 549, "DORsm", "Thalamus sensory-motor cortex related"),
    (637, 864, "VENT", "Ventral group of the dorsal thalamus"),
    (709, 637, "VP", "Ventral posterior complex of the thalamus"),
    (718, 709, "VPL", "Ventral posterolateral nucleus of the thalamus"),
    (733, 709, "VPM", "Ventral posteromedial nucleus of the thalamus"),
    (1008, 864, "GENd", "Geniculate group dorsal thalamus"),
    (170, 1008, "LGd", "Dorsal part of the lateral geniculate complex"),
    (856, 549, "DORpm", "Thalamus polymodal association cortex related"),
    (138, 856, "LAT", "Lateral group of the dorsal thalamus"),
    (218, 138, "LP", "Lateral posterior nucleus of the thalamus"),
    (1020, 138, "PO", "Posterior complex of the thalamus"),
    (239, 856, "ATN", "Anterior group of the dorsal thalamus"),
    (64, 239, "AD", "Anterodorsal nucleus"),
    (155, 239, "LD", "Lateral dorsal nucleus of thalamus"),
    (444, 856, "MED", "Medial group of the dorsal thalamus"),
    (362, 444, "MD", "Mediodorsal nucleus of thalamus"),
    (262, 856, "RT", "Reticular nucleus of the thalamus"),
    (1097, 1129, "HY", "Hypothalamus"),
    (290, 1097, "LZ", "Hypothalamic lateral zone"),
    (194, 290, "LHA", "Lateral hypothalamic area"),
    (797, 290, "ZI", "Zona incerta"),
    (313, 343, "MB", "Midbrain"),
    (339, 313, "MBsen", "Midbrain sensory related"),
    (302, 339, "SCs", "Superior colliculus sensory related"),
    (323, 313, "MBmot", "Midbrain motor related"),
    (381, 323, "SNr", "Substantia nigra reticular part"),
    (512, 8, "CB", "Cerebellum"),
    (519, 512, "CBN", "Cerebellar nuclei"),
    (91, 519, "IP", "Interposed nucleus"),
    (1009, 997, "fiber tracts", "fiber tracts"),
)

PARENTS = {number: parent for number, parent, _, _ in REGIONS}


def at_or_below(top: int) -> set[int]:
    """A region and all below it."""
    found = {top}
    for number in PARENTS:
        at: int | None = number
        while at is not None:
            if at == top:
                found.add(number)
            at = PARENTS[at]
    return found
