"""Pieces and vectors compared with those of the reference.

    scripts/test-external encoder PROGRAM
    python Tests/External/encoder.py PROGRAM [pieces] [vectors] [refusals]

PROGRAM is EncoderBench.  Pieces are compared with those of the `tokenizers` library on 10,000 texts that a seeded
generator makes of every kind of character, and on those of the shared material where it is beside the checkout; vectors
with those of PyTorch in double precision.  Models of other kinds are made small and random by `transformers` and
written by `sentence-transformers`, so that what is read is what those libraries write today."""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

# One thread: the reference's threads wait for one another, which on a busy machine takes longer than the work.
os.environ.update(HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false", OMP_NUM_THREADS="1")

import numpy
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Dense, Normalize, Pooling, Transformer
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel, BertTokenizerFast

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
PROGRAM = Path(sys.argv[1]).resolve()
COUNT = 10_000
NEAR = 0.9999
checks = 0


def check(truth: object, *what: object) -> None:
    global checks
    checks += 1
    if not truth:
        sys.exit("encoder: FAILED: " + " ".join(repr(item)[:2000] for item in what))


def ask(command: str, folder: Path, texts: list[str], *rest: str) -> Any:
    done = subprocess.run([PROGRAM, command, folder, *rest], input=json.dumps(texts).encode(), capture_output=True)
    if done.returncode != 0:
        sys.exit(f"encoder: FAILED: {command} {folder}: {done.stderr.decode()}")
    return json.loads(done.stdout)


def refused(folder: Path, *words: str) -> None:
    """Opening must fail with one line that says why."""
    done = subprocess.run([PROGRAM, "vectors", folder, "passage"], input=b'["mouse"]', capture_output=True)
    said = done.stderr.decode()
    check(done.returncode == 1 and all(word in said for word in words), folder, words, done.returncode, said)


def model_folder() -> Path:
    models = os.environ.get("DISCOVER_MODELS") or (
        os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache")) + "/discover/models"
    )
    folder = Path(models) / "all-MiniLM-L6-v2"
    if not (folder / "model.safetensors").exists():
        sys.exit("encoder: the sentence model is not on this machine: run `make model`")
    return folder


SPECIAL = ["[SEP]", "[CLS]", "[PAD]", "[MASK]", "[UNK]", "[unused1]", "[sep]", "[ SEP ]", "[[SEP]]", "[SEP", "SEP]"]
SPANS = [
    (0x20, 0x7E, 30),
    (0xA0, 0x24F, 10),
    (0x300, 0x36F, 8),
    (0x370, 0x52F, 4),
    (0x590, 0x6FF, 5),
    (0x900, 0xDFF, 3),
    (0xE00, 0x13FF, 2),
    (0x1AB0, 0x1AFF, 1),
    (0x1E00, 0x1FFF, 4),
    (0x2000, 0x206F, 3),
    (0x2070, 0x2BFF, 4),
    (0x2E80, 0x30FF, 4),
    (0x3400, 0x9FFF, 5),
    (0xAC00, 0xD7A3, 3),
    (0xE000, 0xF8FF, 1),
    (0xF900, 0xFAFF, 2),
    (0xFB00, 0xFFFD, 3),
    (0x10000, 0x1FFFF, 3),
    (0x1F300, 0x1FAFF, 4),
    (0x20000, 0x323AF, 2),
    (0xE0000, 0xE01EF, 1),
    (0xF0000, 0x10FFFF, 1),
    (0x0, 0x1F, 3),
    (0x7F, 0x9F, 1),
    (0x20, 0x10FFFF, 2),
]


def made(seed: int, count: int) -> Iterator[str]:
    """Texts of words, of single characters from everywhere, and of both; as they are, composed and decomposed."""
    chance = random.Random(seed)
    words = [line for line in (model_folder() / "vocab.txt").read_text().splitlines() if not line.startswith("[unused")]
    weights = [weight for *_, weight in SPANS]

    def character() -> str:
        low, high, _ = chance.choices(SPANS, weights)[0]
        while 0xD800 <= (value := chance.randint(low, high)) <= 0xDFFF:
            pass
        return chr(value)

    def part() -> str:
        kind = chance.random()
        if kind < 0.45:
            word = chance.choice(words).removeprefix("##")
            word = chance.choice([word, word.upper(), word.title(), word + chance.choice(words).removeprefix("##")])
            return (
                chance.choice(["", "", " ", "-", "\u00a0"]) + word + chance.choice([" ", " ", "", ", ", "\n", "\u3000"])
            )
        if kind < 0.9:
            return "".join(character() for _ in range(chance.randint(1, 6)))
        if kind < 0.93:
            return chance.choice(SPECIAL)
        if kind < 0.95:
            # Words about as long as the longest that is cut.
            return chance.choice(["a", "ab", "\u00e9", "\u4e2d", "e\u0301", "\U0001f9e0"]) * chance.randint(45, 105)
        return chance.choice([" ", "\t", "\r\n", "\u200b", "\ufffd", "\u0000", "\u2028", "'s ", "...", "\u202e"])

    for _ in range(count):
        text = "".join(part() for _ in range(chance.choice([1, 2, 5, 10, 30])))
        form: Literal["NFC", "NFD", "NFKC", "NFKD"] | None = chance.choice(
            [None, None, None, "NFC", "NFD", "NFKC", "NFKD"]
        )
        yield unicodedata.normalize(form, text) if form else text


def shared_texts() -> list[str]:
    texts = []
    for path in sorted((SHARED / "gold/ir").glob("*/corpus.jsonl")) + sorted(
        (SHARED / "gold/ir").glob("*/queries.jsonl")
    ):
        texts += [row.get("title", "") + " " + row["text"] for row in map(json.loads, path.open())]
    path = SHARED / "data/dandi/dandisets.jsonl"
    if path.exists():
        texts += [f"{row['name']} {row.get('description') or ''}" for row in map(json.loads, path.open())]
    if not texts:
        print("encoder: ../shared is not beside this checkout: texts of the generator only")
    return texts


def compare_pieces(name: str, folder: Path, tokenizer: Tokenizer, texts: list[str]) -> None:
    tokenizer.no_padding()
    expected = [encoding.ids for encoding in tokenizer.encode_batch(texts)]
    for text, ours, theirs in zip(texts, ask("pieces", folder, texts), expected, strict=True):
        check(ours == theirs, name, text, ours, theirs)
    print(f"encoder: {name}: the same pieces on {len(texts)} texts", flush=True)


def pieces(folder: Path, work: Path) -> None:
    texts = ["", *made(1, COUNT)]
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(256)
    compare_pieces("the model's own tokeniser", folder, tokenizer, texts + shared_texts())
    # Every character, alone and within a word.
    singles = [chr(value) for value in range(0x110000) if not 0xD800 <= value <= 0xDFFF]
    compare_pieces(
        "every character",
        folder,
        tokenizer,
        ["".join(f"a{one}b " for one in singles[start : start + 40]) for start in range(0, len(singles), 40)],
    )
    for lowercases, strips, separates in [(False, None, True), (True, False, True), (False, True, False)]:
        other = work / f"tokenizer-{lowercases}-{strips}-{separates}"
        shutil.copytree(folder, other)
        (other / "tokenizer.json").unlink()
        settings = {
            "do_lower_case": lowercases,
            "strip_accents": strips,
            "tokenize_chinese_chars": separates,
            "tokenizer_class": "BertTokenizer",
        }
        (other / "tokenizer_config.json").write_text(json.dumps(settings))
        reference = BertTokenizerFast(
            vocab=str(other / "vocab.txt"),
            do_lower_case=lowercases,
            strip_accents=strips,
            tokenize_chinese_chars=separates,
        )
        check(json.loads(reference.backend_tokenizer.to_str())["normalizer"]["lowercase"] == lowercases, "settings")
        reference.backend_tokenizer.enable_truncation(256)
        compare_pieces(
            f"case {lowercases}, accents {strips}, Chinese {separates}",
            other,
            reference.backend_tokenizer,
            texts[:2000],
        )
        # The same settings from tokenizer.json alone.
        alone = work / (other.name + "-json")
        shutil.copytree(other, alone)
        for name in ["vocab.txt", "tokenizer_config.json"]:
            (alone / name).unlink()
        reference.backend_tokenizer.save(str(alone / "tokenizer.json"))
        compare_pieces("the same, of tokenizer.json", alone, reference.backend_tokenizer, texts[:2000])


def compare_vectors(
    name: str,
    folder: Path,
    model: SentenceTransformer,
    texts: list[str],
    near: float = NEAR,
    prompts: tuple[str | None, str | None] = (None, None),
) -> None:
    """Both ways of computing a vector against the reference in double precision."""
    worst, known = 1, {}
    for purpose, prompt in zip(["query", "passage"], prompts, strict=True):
        if prompt not in known:
            with torch.no_grad():
                vectors = model.encode(
                    texts, prompt=prompt, batch_size=16, convert_to_numpy=True, show_progress_bar=False
                )
            vectors = vectors.astype(numpy.float64)
            known[prompt] = vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)
        expected = known[prompt]
        ours = numpy.array(ask("vectors", folder, texts, purpose), numpy.float64)
        check(ours.shape == expected.shape, name, purpose, ours.shape, expected.shape)
        cosines = (ours * expected).sum(1)
        at = int(cosines.argmin())
        check(cosines[at] >= near, name, purpose, texts[at], cosines[at])
        worst = min(worst, cosines[at])
    print(f"encoder: {name}: {len(texts)} texts, least cosine {worst:.7f}", flush=True)


def double(folder: Path) -> SentenceTransformer:
    model = SentenceTransformer(str(folder), device="cpu")
    return model.double().eval()


def small(
    work: Path,
    name: str,
    activation: str = "gelu",
    pooling: str = "mean",
    dtype: Any = torch.float32,
    shards: str | None = None,
    prompts: dict[str, str] | None = None,
    segments: int = 2,
    normalizes: bool = True,
    seed: int = 0,
    extra: list[Any] | None = None,
) -> Path:
    """A random BERT with weights large enough that every step of it shows in the vector."""
    folder = work / name
    torch.manual_seed(seed)
    plain = work / (name + "-plain")
    config = BertConfig(
        vocab_size=30522,
        hidden_size=96,
        num_hidden_layers=3,
        num_attention_heads=4,
        intermediate_size=200,
        hidden_act=activation,
        max_position_embeddings=128,
        type_vocab_size=segments,
        initializer_range=0.15,
    )
    model = BertModel(config)
    for key, value in model.named_parameters():
        if value.dim() == 1:
            torch.nn.init.normal_(value, 1 if "LayerNorm.weight" in key else 0, 0.3)
    model.to(dtype).save_pretrained(plain)
    for file in ["vocab.txt", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"]:
        shutil.copy(model_folder() / file, plain)
    step = Transformer(str(plain), max_seq_length=64)
    steps = [step, Pooling(96, pooling_mode=pooling)] + ([Normalize()] if normalizes else []) + (extra or [])
    whole = SentenceTransformer(modules=steps, prompts=prompts, device="cpu")
    whole.to(dtype).save(str(folder))
    if shards:
        (folder / "model.safetensors").unlink()
        model.save_pretrained(folder, max_shard_size=shards)
        check(len(list(folder.glob("model-*.safetensors"))) > 1, "no shards", list(folder.iterdir()))
    return folder


def vectors(folder: Path, work: Path) -> None:
    chosen = random.Random(5)
    texts = list(made(2, 100)) + chosen.sample(shared_texts() or list(made(3, 100)), 100)
    texts += ["", " ", "\ufffd\u0000", "\u2603\u2603 \U0001f9e0", "mouse " * 600, "[SEP]"]
    compare_vectors("all-MiniLM-L6-v2", folder, double(folder), texts)
    kinds: dict[str, dict[str, Any]] = {
        "mean": {},
        "cls": {"pooling": "cls"},
        "gelu_new": {"activation": "gelu_new"},
        "relu": {"activation": "relu"},
        "not-normalised": {"normalizes": False},
        "one-segment": {"segments": 1},
        "shards": {"shards": "3MB"},
        "prompts": {"prompts": {"query": "query: ", "passage": "passage: "}},
        "halves": {"dtype": torch.float16},
        "bfloats": {"dtype": torch.bfloat16, "pooling": "cls"},
    }
    for name, settings in kinds.items():
        path = small(work, name, seed=len(name), **settings)
        prompts = settings.get("prompts") or {}
        reference = double(path)
        compare_vectors(
            f"small, {name}", path, reference, texts, prompts=(prompts.get("query"), prompts.get("passage"))
        )


def refusals(folder: Path, work: Path) -> None:
    valid = small(work, "valid")

    def changed(name: str, file: str, change: Callable[[bytes], bytes]) -> Path:
        path = work / ("bad-" + name)
        shutil.copytree(valid, path)
        target = path / file
        target.write_bytes(change(target.read_bytes() if target.exists() else b""))
        return path

    def settings(**values: object) -> Callable[[bytes], bytes]:
        return lambda old: json.dumps(json.loads(old) | values).encode()

    refused(changed("roberta", "config.json", settings(model_type="roberta")), "unsupported", "roberta")
    refused(changed("activation", "config.json", settings(hidden_act="silu")), "unsupported", "silu")
    refused(changed("truncated", "model.safetensors", lambda old: old[: len(old) // 2]), "corrupt", "truncated")
    refused(changed("foreign", "model.safetensors", lambda old: b"PK\x03\x04" + old), "corrupt")
    refused(changed("shape", "config.json", settings(intermediate_size=100)), "corrupt", "intermediate")
    refused(work / "nowhere", "missing")
    unigram = changed(
        "unigram",
        "tokenizer.json",
        lambda old: json.dumps(json.loads(old) | {"model": {"type": "Unigram", "vocab": [["<unk>", 0.0]]}}).encode(),
    )
    for name in ["vocab.txt"]:
        (unigram / name).unlink(missing_ok=True)
    refused(unigram, "unsupported", "Unigram")
    refused(small(work, "max", pooling="max"), "unsupported", "max")
    refused(small(work, "dense", extra=[Dense(96, 32)]), "unsupported", "Dense")
    model = BertModel.from_pretrained(work / "valid-plain")
    with torch.no_grad():
        model.encoder.layer[1].intermediate.dense.weight[3, 4] = float("nan")
    path = changed("nan", "config.json", lambda old: old)
    model.save_pretrained(path)
    refused(path, "corrupt", "not finite")
    print("encoder: what cannot be computed is refused", flush=True)


def main() -> None:
    folder = model_folder()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        for step in [pieces, vectors, refusals]:
            if step.__name__ in (sys.argv[2:] or ["pieces", "vectors", "refusals"]):
                step(folder, work)
    print(f"{checks} passed, 0 failed")


main()
