"""Makes invented.nwb beside this script, with pynwb (PyPI).  Everything in it is invented."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from pynwb import NWBHDF5IO, NWBFile
from pynwb.ecephys import LFP, ElectricalSeries
from pynwb.file import Subject
from pynwb.ogen import OptogeneticStimulusSite
from pynwb.ophys import OpticalChannel, TwoPhotonSeries

nwb = NWBFile(
    session_description="Mouse naps in its home cage (invented)",
    identifier="invented 1",
    session_start_time=datetime(2024, 2, 29, 10, tzinfo=UTC),
    experimenter=["Nobody, Nora", "n@example.org"],
    lab="Invented Lab",
    institution="Invented University",
    keywords=["sleep"],
    experiment_description="Naps",
    related_publications=["doi:10.5555/NAP"],
    session_id="s1",
    virus="AAV-GCaMP6f",
    notes="ask n@example.org",
)
nwb.subject = Subject(
    subject_id="m1",
    age="P90D",
    sex="F",
    species="http://purl.obolibrary.org/obo/NCBITaxon_10090",
    strain="C57BL/6J",
    genotype="PV-Cre/+",
    description="a mouse",
)
probe = nwb.create_device("probe", description="Neuropixels 1.0", manufacturer="imec")
shanks = [
    nwb.create_electrode_group(f"shank{i}", description="a shank", location=place, device=probe)
    for i, place in enumerate(["AD", "unknown"])
]
for i in range(6):
    nwb.add_electrode(location="AD" if i < 3 else "CA1", group=shanks[i // 4])
region = nwb.create_electrode_table_region([0, 1], "two of them")
nwb.add_acquisition(ElectricalSeries("raw", np.zeros((4, 2)), region, rate=30000.0))
nwb.create_processing_module("ecephys", "filtered").add(
    LFP(ElectricalSeries("lfp", np.zeros((4, 2)), region, rate=1000.0))
)
scope = nwb.create_device("scope", description="two-photon microscope")
plane = nwb.create_imaging_plane(
    name="plane",
    optical_channel=OpticalChannel("green", "emission", 510.0),
    description="layer 2/3",
    device=scope,
    excitation_lambda=920.0,
    indicator="GCaMP6f",
    location="VISp",
    imaging_rate=30.0,
)
nwb.add_acquisition(TwoPhotonSeries(name="movie", data=np.zeros((2, 3, 3)), imaging_plane=plane, rate=30.0, unit="n"))
nwb.add_ogen_site(OptogeneticStimulusSite("site", probe, "blue light", 473.0, "DG"))
nwb.add_epoch(0.0, 10.0, ["NREM"])
nwb.add_epoch(10.0, 20.0, ["Wake", "NREM"])
nwb.add_trial(0.0, 1.0)
nwb.add_unit(spike_times=[1.0, 2.0])
nwb.add_unit(spike_times=[1.0])
with NWBHDF5IO(Path(__file__).with_name("invented.nwb"), "w") as file:
    file.write(nwb, cache_spec=False)
