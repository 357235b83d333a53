#!/usr/bin/env python3
"""ScoreGpu against PyTorch on one GPU, in one run: the machine, verify, and each job in turn.

    bash run.sh [OUT] [--quick] [--devices cuda opencl] [--jobs ...] [--rounds 5] [--budget 420]

Writes OUT/results.json after every case, OUT/table.txt, and OUT/log.txt with what the programs said on the way. A part
that fails, or takes too long, is a line of the report, and the rest goes on. Exits with 1 where verify fails on a
device, no GPU interface is usable, or an output differs from PyTorch's by more than 1e-4.
"""
import argparse
import json
import platform
import statistics
import sys
import tempfile
import time
from pathlib import Path

import machine
from peer import Peer, PeerError

APIS = ["cuda", "opencl"]
SMALL, LARGE = 4_096, 1_048_576
QUICK_SMALL, QUICK_LARGE = 256, 1_024
SEED_BATCH = 512
TOLERANCE = 1e-4
CHECKED_SAMPLES = 1_000
JOBS = ["ddim_sample", "ddpm_train", "ddpm_sample", "likelihood"]
VARIANTS = ["eager", "compile", "graph", "compile+graph"]

# Seconds: of one answer (the first one may compile), of a case before its rounds end early, and of a measurement.
FIRST_LIMIT, LIMIT, CASE_LIMIT, LONG_ENOUGH = 120, 60, 40, 0.1
LEAST_OF_CASE = 15
FEWEST_ROUNDS, MOST_REPEATS = 3, 200


class Report:
    """Lines for people as they come, and everything for programs in one file that is always up to date."""

    def __init__(self, folder):
        self._folder, self.data = folder, {}
        self._table = open(folder / "table.txt", "w", encoding="utf-8")

    def say(self, text=""):
        print(text, flush=True)
        self._table.write(text + "\n")
        self._table.flush()

    def save(self):
        (self._folder / "results.json").write_text(json.dumps(self.data, indent=1) + "\n")


class Race:
    def __init__(self, options, report, programs, work, log):
        self.options, self.report, self.programs, self.work = options, report, programs, work
        self.deadline = time.monotonic() + options.budget
        self.engines = {device: Peer(device, programs.jobs(device), programs.env, log) for device in options.devices}
        command = [sys.executable, str(Path(__file__).with_name("torch_peer.py")), str(work / "weights.safetensors"),
                   "--compile-mode", options.compile_mode]
        self.torch = Peer("torch", command, {**programs.env, "TORCHINDUCTOR_CACHE_DIR": str(work / "inductor")}, log)
        self.variants = []
        self.agreed = None

    def left(self):
        return self.deadline - time.monotonic()

    def ask(self, peer, *words, limit=LIMIT):
        if self.left() < 1:
            raise PeerError("no time is left")
        return peer.ask(*words, timeout=min(limit, self.left()))

    def introduce(self):
        """Starts every program, drops those that do not start, and compares what they compute."""
        data, say = self.report.data, self.report.say
        data["scoregpu"] = {}
        for device in list(self.engines):
            try:
                data["scoregpu"][device] = self.ask(self.engines[device], "info", limit=FIRST_LIMIT)
                self.ask(self.engines[device], "weights", self.work / "weights.safetensors")
                say(f"ScoreGpu  {data['scoregpu'][device]['device']}, .NET {data['scoregpu'][device]['runtime']}")
            except PeerError as error:
                data["scoregpu"][device] = {"problem": str(error)}
                say(f"ScoreGpu  {device}: not available: {error}")
                del self.engines[device]
        try:
            if not self.engines:
                raise PeerError("not started, there is nothing to race")
            info = data["pytorch"] = self.ask(self.torch, "info", limit=FIRST_LIMIT)
            say(f"PyTorch   {info['torch']}, CUDA {info['cuda']}, {info['device']}, "
                f"torch.compile mode {info['compile_mode']}")
            for variant, problem in info["variants"].items():
                if problem:
                    say(f"          {variant}: not available: {problem}")
                else:
                    self.variants.append(variant)
        except PeerError as error:
            data["pytorch"] = {"problem": str(error)}
            say(f"PyTorch   not available: {error}")

    def compare(self):
        say, checks = self.report.say, self.report.data.setdefault("checks", [])
        if not self.variants:
            return
        say(f"\nlargest difference of outputs from the same {CHECKED_SAMPLES:,} inputs, tolerance {TOLERANCE:g} "
            "(relative for gradients)")
        try:
            self.ask(self.torch, "inputs", self.work, CHECKED_SAMPLES)
        except PeerError as error:
            self.agreed = False
            say(f"  failed: {error}")
            return
        for device, engine in self.engines.items():
            for job in self.options.jobs:
                check = {"device": device, "job": job}
                checks.append(check)
                try:
                    self.ask(engine, "check", job, self.work, limit=FIRST_LIMIT)
                    answer = self.ask(self.torch, "check", job, self.work, "float32")
                    check["difference"] = answer["difference"]
                    check["passed"] = answer["difference"] <= TOLERANCE
                    with_tf32 = ""
                    if self.report.data["pytorch"]["cuda"]:
                        check["difference_tf32"] = self.ask(self.torch, "check", job, self.work, "tf32")["difference"]
                        with_tf32 = f"   PyTorch with TF32: {check['difference_tf32']:.1e}"
                    say(f"  {device:<8}{job:<14}{check['difference']:.1e}  "
                        f"{'ok' if check['passed'] else 'DIFFERS'}{with_tf32}")
                except PeerError as error:
                    check.update(passed=False, problem=str(error))
                    say(f"  {device:<8}{job:<14}failed: {error}")
                self.agreed = self.agreed is not False and check["passed"]
        self.report.save()

    def run(self):
        """Everything that the time is enough for, float32 first."""
        self.introduce()
        self.compare()
        cases = self.report.data["cases"] = []
        precisions = ["float32"]
        if self.variants and self.report.data["pytorch"]["cuda"]:
            precisions.append("tf32")
        for precision in precisions:
            for job in self.options.jobs:
                for batch in batches(job, self.options.quick):
                    if not self.engines:
                        return
                    if self.left() < LEAST_OF_CASE:
                        self.report.say(f"\n{job}, batch {batch:,}, {precision}: left out, the time is over")
                        continue
                    cases.append(self.run_case(job, batch, precision))
                    self.report.save()
        summary(cases, self.report.say)

    def run_case(self, job, batch, precision):
        """All contestants of one job in turn, round after round."""
        say = self.report.say
        case = {"job": job, "batch": batch, "precision": precision, "contestants": {}}
        say(f"\n{job}, batch {batch:,}" + (", PyTorch with TF32" if precision == "tf32" else ""))
        started = time.monotonic()
        asks = {f"ScoreGpu {device}": (engine, ()) for device, engine in self.engines.items()}
        asks |= {f"PyTorch {variant}": (self.torch, (variant, precision)) for variant in self.variants}
        repeats = {}
        for name, (peer, how) in list(asks.items()):
            entry = case["contestants"][name] = {"seconds": []}
            try:
                if peer is not self.torch:
                    entry["rates"] = self.ask(peer, "rates")
                began = time.monotonic()
                self.ask(peer, "run", job, batch, 1, *how, limit=FIRST_LIMIT)
                entry["first_seconds"] = time.monotonic() - began
                seconds = self.ask(peer, "run", job, batch, 1, *how)["seconds"]
                repeats[name] = entry["repeats"] = max(1, min(MOST_REPEATS, round(LONG_ENOUGH / seconds)))
            except PeerError as error:
                entry["problem"] = str(error)
                del asks[name]
        rounds = 0
        while asks and rounds < self.options.rounds and not (
                rounds >= FEWEST_ROUNDS and time.monotonic() - started > CASE_LIMIT):
            rounds += 1
            for name, (peer, how) in list(asks.items()):
                entry = case["contestants"][name]
                try:
                    answer = self.ask(peer, "run", job, batch, repeats[name], *how)
                    entry["seconds"].append(answer["seconds"])
                    if "gflops" in answer:
                        entry.setdefault("gflops", []).append(answer["gflops"])
                except PeerError as error:
                    entry["problem"] = str(error)
                    del asks[name]
        for entry in case["contestants"].values():
            summarise(entry)
        self.show(case)
        return case

    def show(self, case):
        ours = {name: entry for name, entry in case["contestants"].items() if is_ours(name) and "median" in entry}
        titles = "".join(f"{'over ' + name.split()[1]:>13}" for name in ours)
        self.report.say(f"  {'':<22}{'median ms':>12}{'min':>10}{'max':>10}{titles}")
        for name, entry in case["contestants"].items():
            if "median" not in entry:
                self.report.say(f"  {name:<22}{'-':>12}   failed: {entry['problem']}")
                continue
            milliseconds = "".join(f"{1e3 * entry[key]:>{width}.3f}"
                                   for key, width in (("median", 12), ("min", 10), ("max", 10)))
            if is_ours(name):
                share = entry.get("share_of_fma_peak")
                rest = "" if share is None else (f"   {entry['gflops']:,.0f} GFLOP/s, {share:.0%} of the FMA peak "
                                                 f"{entry['rates']['gflops']:,.0f}")
            else:
                rest = "".join(f"{entry['median'] / other['median']:>12.2f}x" for other in ours.values())
            note = f"   then failed: {entry['problem']}" if "problem" in entry else ""
            self.report.say(f"  {name:<22}{milliseconds}{rest}{note}")

    def stop(self):
        for peer in (*self.engines.values(), self.torch):
            peer.stop()


def is_ours(name):
    return name.startswith("ScoreGpu")


def summarise(entry):
    if entry["seconds"]:
        entry.update(median=statistics.median(entry["seconds"]), min=min(entry["seconds"]), max=max(entry["seconds"]))
    if entry.get("gflops"):
        entry["gflops"] = statistics.median(entry["gflops"])
        entry["share_of_fma_peak"] = entry["gflops"] / entry["rates"]["gflops"]


def summary(cases, say):
    """A line a case and device, PyTorch's best with and without TF32."""
    say(f"\nhow many times as fast as PyTorch (medians), and the share of the FMA peak that was measured in the same run"
        f"\n  {'job':<14}{'batch':>10}  {'device':<8}{'eager':>9}{'compile':>9}{'graph':>9}{'both':>9}"
        f"{'best':>9}{'best TF32':>11}{'of peak':>9}")
    best = {}
    for case in cases:
        theirs = [entry["median"] for name, entry in case["contestants"].items()
                  if not is_ours(name) and "median" in entry]
        best[case["job"], case["batch"], case["precision"]] = min(theirs, default=None)
    for case in (case for case in cases if case["precision"] == "float32"):
        key = case["job"], case["batch"]
        for name, entry in case["contestants"].items():
            if not is_ours(name) or "median" not in entry:
                continue
            rivals = [case["contestants"].get(f"PyTorch {variant}", {}).get("median") for variant in VARIANTS]
            rivals.append(best[(*key, "float32")])
            line = "".join(ratio(rival, entry["median"], 9) for rival in rivals)
            line += ratio(best.get((*key, "tf32")), entry["median"], 11)
            share = entry["share_of_fma_peak"]
            say(f"  {key[0]:<14}{key[1]:>10,}  {name.split()[1]:<8}{line}{share:>9.0%}")


def ratio(theirs, ours, width):
    return f"{'-':>{width}}" if theirs is None else f"{theirs / ours:>{width - 1}.2f}x"


def batches(job, is_quick):
    if is_quick:
        return [QUICK_SMALL, QUICK_LARGE]
    return [SEED_BATCH, SMALL, LARGE] if job == "ddpm_train" else [SMALL, LARGE]


def describe(report, programs, notes, app):
    data, say = report.data, report.say
    data["command"] = " ".join(sys.argv[1:])
    data["commit"] = (app / "commit").read_text().strip()
    data["processor"], data["gpu"] = machine.processor(), machine.gpu_state()
    data["system"], data["notes"] = platform.platform(), notes
    table, data["devices"] = programs.devices()
    say(f"commit    {data['commit']}\nmachine   {data['processor']}\nsystem    {data['system']}\n"
        f"GPU       {data['gpu']}\n          ({machine.GPU_QUERY})")
    for note in notes:
        say(f"note      {note}")
    say("\n" + table.rstrip())


def choose(wanted, devices):
    """The devices to use, and for each interface that has none the reason."""
    if wanted:
        return wanted, {}
    usable, problems = [], {}
    for api in APIS:
        mine = [device for device in devices if device["name"].split(":")[0] == api]
        if any(device["usable"] for device in mine):
            usable.append(api)
        else:
            problems[api] = "; ".join(device["problem"] for device in mine) or "this scoregpu does not list it"
    return usable, problems


def verify(report, programs, devices, budget):
    """Every fixture on every device; whether all passed."""
    results = report.data["verify"] = {}
    report.say("\nverify")
    for device in devices:
        began = time.monotonic()
        result = results[device] = programs.verify(device, timeout=min(90, budget / 3))
        result["seconds"] = time.monotonic() - began
        if result["passed"]:
            verdict = (f"passed, all {result['quantities']} quantities, at most "
                       f"{result['largest_share_of_tolerance']:.0%} of the tolerance")
        elif "problem" in result:
            verdict = f"FAILED: {result['problem']}"
        else:
            verdict = "FAILED: " + ", ".join(f"{row['file']}: {row['quantity']}" for row in result["failed"])
        report.say(f"  {device:<8}{verdict} ({result['seconds']:.0f} s)")
    report.save()
    return all(result["passed"] for result in results.values())


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", nargs="?", type=Path, default=Path("out"), help="receives the results (default: ./out)")
    parser.add_argument("--app", type=Path, required=True, help="the unpacked app.tar.xz; run.sh gives it")
    parser.add_argument("--quick", action="store_true",
                        help=f"batches of {QUICK_SMALL} and {QUICK_LARGE:,}: a proof that all works")
    parser.add_argument("--devices", nargs="+", metavar="NAME", help="default: cuda and opencl, whichever is usable")
    parser.add_argument("--jobs", nargs="+", default=JOBS, choices=JOBS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--budget", type=float, default=420, metavar="SECONDS", help="for everything together")
    parser.add_argument("--compile-mode", default="default", choices=["default", "max-autotune-no-cudagraphs"])
    return parser.parse_args()


def main():
    options = parse()
    started = time.monotonic()
    options.out.mkdir(parents=True, exist_ok=True)
    report = Report(options.out)
    with tempfile.TemporaryDirectory() as folder, open(options.out / "log.txt", "w", encoding="utf-8") as log:
        work = Path(folder)
        env, notes = machine.environment(options.app, work)
        programs = machine.Programs(options.app, env)
        describe(report, programs, notes, options.app)
        options.devices, problems = choose(options.devices, report.data["devices"])
        report.data["not_usable"] = problems
        for api, problem in problems.items():
            report.say(f"{api}: not available: {problem}")
        verified = bool(options.devices) and verify(report, programs, options.devices, options.budget)
        options.budget -= time.monotonic() - started
        race = Race(options, report, programs, work, log)
        try:
            race.run()
        finally:
            race.stop()
        report.data["gpu_after"] = machine.gpu_state()
        report.data["seconds"] = time.monotonic() - started
        outputs = {None: "not compared with PyTorch's", True: "agree with PyTorch's", False: "DIFFER from PyTorch's"}
        report.say(f"\nGPU       {report.data['gpu_after']}\nverify {'passed' if verified else 'FAILED'}; outputs "
                   f"{outputs[race.agreed]}; {report.data['seconds']:.0f} s in all")
        report.save()
    return 0 if verified and race.agreed is not False else 1


if __name__ == "__main__":
    sys.exit(main())
