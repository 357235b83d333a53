#!/usr/bin/env python3
"""PyTorch's side of the race on a GPU: reads requests, a line each, and answers with JSON, as bench/Jobs/JobServer.cs.

    python3 torch_peer.py WEIGHTS.safetensors [--compile-mode MODE]

    info                                          versions, and why a variant is not available
    run     JOB BATCH REPEATS VARIANT PRECISION   mean seconds of a repetition; made ready before the clock starts
    inputs  FOLDER COUNT                          draws the numbers that both sides compute from
    check   JOB FOLDER PRECISION                  how far JOB.scoregpu.npy is from what PyTorch computes

Variants: eager; compile (torch.compile); graph (the eager program in one CUDA graph); compile+graph (the compiled one in
a CUDA graph). Precision: float32, or tf32 for matrix products. The network, schedule and data are those of
torch_jobs.py; here they live on the GPU, and coefficients that do not change are worked out beforehand.
"""
import argparse
import gc
import json
import os
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch_jobs import ALPHA_BARS, ALPHAS, BETAS, CENTERS, STEPS, EpsilonNetwork

DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
ON_GPU = DEVICE.type == "cuda"
LIKELIHOOD_LEVEL = 40
CLIP = 5.0

ALPHA_OF = ALPHA_BARS.sqrt().to(DEVICE)
SIGMA_OF = (1 - ALPHA_BARS).sqrt().to(DEVICE)
MODES = CENTERS.to(DEVICE)

VARIANTS = {"eager": (False, False), "compile": (True, False), "graph": (False, True), "compile+graph": (True, True)}


def load_weights(path):
    content = Path(path).read_bytes()
    start = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:start])
    header.pop("__metadata__", None)
    state = {}
    for name, tensor in header.items():
        first, last = tensor["data_offsets"]
        values = np.frombuffer(content[start + first:start + last], np.float32).reshape(tensor["shape"])
        state[name] = torch.from_numpy(values.copy())
    return state


def new_model():
    model = EpsilonNetwork()
    model.load_state_dict(load_weights(OPTIONS.weights))
    return model.to(DEVICE)


def synchronize():
    if ON_GPU:
        torch.cuda.synchronize()


# --- The arithmetic, the same for every variant -----------------------------------------------------------------------

def ddim_step(model, x, t, alpha, sigma, next_alpha, next_sigma):
    noise = model(x, t.expand(x.shape[0]))
    denoised = ((x - sigma * noise) / alpha).clamp(-CLIP, CLIP)
    return next_alpha * denoised + next_sigma * noise


def ddpm_step(model, x, t, root, share, spread, last, z=None):
    x = (x - share * model(x, t.expand(x.shape[0]))) / root
    if last:
        return x
    return x + spread * (torch.randn_like(x) if z is None else z)


def ddim_rows():
    rows = []
    for t in range(STEPS - 1, -1, -1):
        before = ALPHA_BARS[t - 1].item() if t > 0 else 1.0
        now = ALPHA_BARS[t].item()
        rows.append((t, now ** 0.5, (1 - now) ** 0.5, before ** 0.5, (1 - before) ** 0.5))
    return rows


def ddpm_rows():
    return [(t, ALPHAS[t].item() ** 0.5, BETAS[t].item() / (1 - ALPHA_BARS[t].item()) ** 0.5, BETAS[t].item() ** 0.5)
            for t in range(STEPS - 1, -1, -1)]


def loss_of(model, clean, t, noise):
    noised = ALPHA_OF[t, None] * clean + SIGMA_OF[t, None] * noise
    return F.mse_loss(model(noised, t), noise)


def drawn_loss(model, batch):
    clean = MODES[torch.randint(0, 4, (batch,), device=DEVICE)] + 0.3 * torch.randn(batch, 2, device=DEVICE)
    t = torch.randint(0, STEPS, (batch,), device=DEVICE)
    return loss_of(model, clean, t, torch.randn(batch, 2, device=DEVICE))


def differentiate(model, x, t):
    """f(x) and tr ∂f/∂x, a backward pass a dimension: how a user writes it."""
    with torch.enable_grad():
        x = x.detach().requires_grad_()
        y = model(x, t.expand(x.shape[0]))
        rows = [torch.autograd.grad(y[:, d].sum(), x, retain_graph=d == 0)[0][:, d] for d in range(2)]
    return y.detach(), rows[0] + rows[1]


def differentiate_functionally(model, x, t):
    """The same in the form that torch.compile can take in one piece."""
    y, backward = torch.func.vjp(lambda points: model(points, t.expand(points.shape[0])), x)
    axes = torch.eye(2, device=x.device)
    rows = [backward(axes[d].expand_as(y))[0][:, d] for d in range(2)]
    return y, rows[0] + rows[1]


# --- The jobs: body() leaves its result on the device and can be captured; finish() brings it to the host --------------

class Sampling:
    def __init__(self, step, rows, batch, is_compiled, is_captured):
        self.model, self.batch = new_model(), batch
        self.step = compiled(step) if is_compiled else step
        number = (lambda value: torch.tensor([value], device=DEVICE)) if is_compiled else (lambda value: value)
        self.rows = [(torch.tensor([row[0]], device=DEVICE), *map(number, row[1:])) for row in rows]
        self.ends = step is ddpm_step

    @torch.no_grad()
    def body(self):
        x = torch.randn(self.batch, 2, device=DEVICE)
        for i, row in enumerate(self.rows):
            x = self.step(self.model, x, *row, i + 1 == STEPS) if self.ends else self.step(self.model, x, *row)
        return x

    def finish(self, result):
        return result.cpu()


class Training:
    def __init__(self, batch, is_compiled, is_captured):
        self.model, self.batch = new_model(), batch
        self.loss = compiled(drawn_loss) if is_compiled else drawn_loss
        options = {"fused": True, "capturable": is_captured} if ON_GPU else {}
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=3e-4, **options)

    def body(self):
        loss = self.loss(self.model, self.batch)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        return loss.detach()

    def finish(self, result):
        return result.item()


class Likelihood:
    def __init__(self, batch, is_compiled, is_captured):
        self.model = new_model().requires_grad_(False)
        self.host = 6 * torch.rand(batch, 2) - 3
        self.x = self.host.to(DEVICE)
        self.t = torch.tensor([LIKELIHOOD_LEVEL], device=DEVICE)
        self.call = compiled(differentiate_functionally) if is_compiled else differentiate

    def start(self):
        self.x.copy_(self.host)

    @torch.no_grad()
    def body(self):
        return self.call(self.model, self.x, self.t)

    def finish(self, result):
        return [part.cpu() for part in result]


# A new job is a line here, one in bench/Jobs/BatchJobs.cs, and a branch in outputs() below.
JOBS = {
    "ddim_sample": lambda *how: Sampling(ddim_step, ddim_rows(), *how),
    "ddpm_sample": lambda *how: Sampling(ddpm_step, ddpm_rows(), *how),
    "ddpm_train": Training,
    "likelihood": Likelihood,
}


# --- The variants -----------------------------------------------------------------------------------------------------

def compiled(function):
    mode = None if OPTIONS.compile_mode == "default" else OPTIONS.compile_mode
    return torch.compile(function, dynamic=False, mode=mode)


def captured(body):
    """The body as one CUDA graph, after it has run on a side stream, as torch.cuda.graph asks for."""
    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(3):
            body()
    torch.cuda.current_stream().wait_stream(stream)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        result = body()

    def replay():
        graph.replay()
        return result

    return replay


class Runner:
    """A job in one variant, made ready and warm."""

    def __init__(self, name, batch, variant):
        is_compiled, is_captured = VARIANTS[variant]
        self.job = JOBS[name](batch, is_compiled, is_captured)
        self.start = getattr(self.job, "start", lambda: None)
        self.body = captured(self.job.body) if is_captured else self.job.body
        self.run(2)

    def run(self, repeats):
        synchronize()
        start = time.perf_counter()
        for _ in range(repeats):
            self.start()
            self.job.finish(self.body())
        synchronize()
        return (time.perf_counter() - start) / repeats


def missing(variant):
    """Why this PyTorch has no such variant, or None."""
    is_compiled, is_captured = VARIANTS[variant]
    if is_compiled and not hasattr(torch, "compile"):
        return "this PyTorch has no torch.compile"
    return "there is no GPU to capture on" if is_captured and not ON_GPU else None


# --- The requests -----------------------------------------------------------------------------------------------------

class Server:
    def __init__(self):
        self.case, self.runners = None, {}

    def info(self):
        return {"torch": torch.__version__, "cuda": torch.version.cuda, "numpy": np.__version__,
                "device": torch.cuda.get_device_name() if ON_GPU else f"cpu, {torch.get_num_threads()} threads",
                "compile_mode": OPTIONS.compile_mode, "variants": {variant: missing(variant) for variant in VARIANTS}}

    def run(self, job, batch, repeats, variant, precision):
        if self.case != (job, batch, precision):
            # Variants of one case stay side by side; the next case gets their memory.
            self.case, self.runners = (job, batch, precision), {}
            self.forget()
        set_precision(precision)
        if variant not in self.runners:
            self.runners[variant] = Runner(job, int(batch), variant)
        return {"seconds": self.runners[variant].run(int(repeats))}

    @staticmethod
    def forget():
        gc.collect()
        if hasattr(torch, "compile"):
            torch._dynamo.reset()
        if ON_GPU:
            torch.cuda.empty_cache()

    @staticmethod
    def inputs(folder, count):
        random, count = np.random.default_rng(1), int(count)
        np.save(f"{folder}/points.npy", random.standard_normal((count, 2), np.float32))
        np.save(f"{folder}/noise.npy", random.standard_normal((STEPS, count, 2), np.float32))
        np.save(f"{folder}/levels.npy", random.integers(0, STEPS, count))
        return {"done": True}

    @staticmethod
    def check(job, folder, precision):
        set_precision(precision)
        theirs = np.load(f"{folder}/{job}.scoregpu.npy")
        difference = 0.0
        for part in outputs(job, folder):
            ours, theirs_part, theirs = part.ravel(), theirs[:part.size], theirs[part.size:]
            scale = min(1.0, float(np.abs(ours).max()))
            difference = max(difference, float(np.abs(ours - theirs_part).max()) / scale)
        if len(theirs) > 0:
            raise RuntimeError(f"{job}.scoregpu.npy has {len(theirs)} values too many")
        return {"difference": difference}


def set_precision(precision):
    torch.set_float32_matmul_precision("high" if precision == "tf32" else "highest")


def outputs(job, folder):
    """What the job gives for the numbers in the folder, part by part."""
    def read(name):
        return torch.from_numpy(np.load(f"{folder}/{name}.npy")).to(DEVICE)

    model, points = new_model(), read("points")
    if job == "ddpm_train":
        loss = loss_of(model, points, read("levels"), read("noise")[0])
        loss.backward()
        parts = [loss.detach().reshape(1), torch.cat([weight.grad.flatten() for weight in model.parameters()])]
    elif job == "likelihood":
        parts = differentiate(model, points, torch.tensor([LIKELIHOOD_LEVEL], device=DEVICE))
    else:
        noise = read("noise")
        with torch.no_grad():
            x = points
            for i, (t, *row) in enumerate(ddim_rows() if job == "ddim_sample" else ddpm_rows()):
                level = torch.tensor([t], device=DEVICE)
                x = (ddim_step(model, x, level, *row) if job == "ddim_sample"
                     else ddpm_step(model, x, level, *row, i + 1 == STEPS, noise[i]))
        parts = [x]
    return [part.cpu().numpy() for part in parts]


def is_broken():
    """Whether the GPU's context is lost, or its generator still believes in a capture that failed: then every later
    request would fail too."""
    try:
        synchronize()
        torch.rand(1, device=DEVICE).item()
        return False
    except Exception:  # noqa: BLE001
        return True


def main():
    # What libraries print must not end up between the answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    server = Server()
    requests = {"info": server.info, "run": server.run, "inputs": server.inputs, "check": server.check}
    for line in sys.stdin:
        name, *words = line.rstrip("\n").split("\t")
        try:
            answer = requests[name](*words)
        except Exception as error:  # noqa: BLE001 - whatever a variant cannot do is a line of the report
            print(f"{line.strip()}: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
            first = str(error).strip().splitlines() or [""]
            answer = {"error": f"{type(error).__name__}: {first[0]}"[:300], "fatal": is_broken()}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights")
    parser.add_argument("--compile-mode", default="default", choices=["default", "max-autotune-no-cudagraphs"])
    OPTIONS = parser.parse_args()
    main()
