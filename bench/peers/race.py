#!/usr/bin/env python3
"""Races ScoreGpu against PyTorch: the same jobs, in turn, on the same machine, in one run.

    python3 bench/peers/race.py [--rounds 5] [--jobs ddim_sample likelihood …] [--out FILE]

Each round runs every job once in ScoreGpu and once in PyTorch, so that a machine whose speed drifts slows both. Prints
medians and their ratio, and the share of the multiply-add rate that was measured in the same rounds; and how long a cache
line took from core to core, which a virtual machine's host may change, and training with it. Both programs stay loaded
between rounds: no start-up, no compilation is timed (each job runs once before the first round).
"""
import argparse
import json
import os
import platform
import statistics
import subprocess
import time
from pathlib import Path

# Before torch is loaded: the fastest setting found on two cores.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "2")
os.environ.setdefault("PEER_THREADS", "1")

import torch  # noqa: E402
import torch_jobs  # noqa: E402

# Between two jobs: a library's threads go on spinning for a while after its last call.
SETTLE_SECONDS = 0.5

ROOT = Path(__file__).resolve().parents[2]


class Engine:
    """ScoreGpu's side: a process that runs the job it is told and answers with seconds and GFLOP/s."""

    def __init__(self):
        subprocess.run(["dotnet", "build", "-c", "Release", "-v", "q", "--nologo", "bench"], cwd=ROOT, check=True)
        program = ROOT / "bench/bin/Release/net10.0/ScoreGpu.Bench.dll"
        self.process = subprocess.Popen(
            ["dotnet", str(program), "jobs"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, job):
        self.process.stdin.write(job + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def time_torch(job):
    start = time.perf_counter()
    torch_jobs.JOBS[job]()
    return time.perf_counter() - start


def describe_machine():
    model = platform.processor()
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    return f"{model}, {os.cpu_count()} logical cores"


def spread(values):
    return {"median": statistics.median(values), "min": min(values), "max": max(values)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--jobs", nargs="+", default=list(torch_jobs.JOBS), choices=list(torch_jobs.JOBS))
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    engine = Engine()
    info = engine.run("info")
    print(f"machine   {describe_machine()}")
    print(f"ScoreGpu  {info['device']}, .NET {info['runtime']}")
    print(f"PyTorch   {torch.__version__}, torch threads {torch.get_num_threads()}, "
          f"OPENBLAS_NUM_THREADS={os.environ['OPENBLAS_NUM_THREADS']}")
    print(f"rounds    {options.rounds}\n", flush=True)
    ours = {job: [] for job in options.jobs}
    theirs = {job: [] for job in options.jobs}
    rates = {job: [] for job in options.jobs}
    peaks = []
    handovers = []
    for job in options.jobs:
        engine.run(job)
        time_torch(job)
    for _ in range(options.rounds):
        for job in options.jobs:
            time.sleep(SETTLE_SECONDS)
            machine = engine.run("rates")
            peaks.append(machine["gflops"])
            handovers.append(machine["handover_nanoseconds"] or 0)
            answer = engine.run(job)
            ours[job].append(answer["seconds"])
            rates[job].append(answer["gflops"])
            time.sleep(SETTLE_SECONDS)
            theirs[job].append(time_torch(job))
    engine.close()
    peak = statistics.median(peaks)
    print(f"{'job':<17}{'ScoreGpu s':>12}{'PyTorch s':>12}{'ratio':>8}{'GFLOP/s':>10}{'of FMA peak':>13}")
    results = {}
    for job in options.jobs:
        our, their, rate = spread(ours[job]), spread(theirs[job]), statistics.median(rates[job])
        ratio = their["median"] / our["median"]
        results[job] = {"scoregpu_seconds": our, "pytorch_seconds": their, "ratio_of_medians": ratio,
                        "gflops": rate, "share_of_fma_peak": rate / peak}
        print(f"{job:<17}{our['median']:>12.3f}{their['median']:>12.3f}{ratio:>7.1f}x{rate:>10.0f}{rate / peak:>12.0%}")
    print(f"\nmultiply-add rate measured in the same run: {peak:.0f} GFLOP/s "
          f"(min {min(peaks):.0f}, max {max(peaks):.0f})")
    print(f"a cache line from core to core: {statistics.median(handovers):.0f} ns "
          f"(min {min(handovers):.0f}, max {max(handovers):.0f})")
    if options.out:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps({
            "command": f"python3 bench/peers/race.py --rounds {options.rounds} --jobs {' '.join(options.jobs)}",
            "machine": describe_machine(), "scoregpu": info, "pytorch": torch.__version__,
            "torch_threads": torch.get_num_threads(),
            "openblas_num_threads": os.environ["OPENBLAS_NUM_THREADS"],
            "fma_peak_gflops": spread(peaks), "handover_nanoseconds": spread(handovers), "jobs": results}, indent=2) + "\n")


if __name__ == "__main__":
    main()
