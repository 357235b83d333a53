"""What the machine is, and what scoregpu needs on it: where the driver's libraries are, and what is missing."""
import glob
import json
import os
import platform
import subprocess
from pathlib import Path

GPU_QUERY = "name,driver_version,memory.total,clocks.sm,clocks.max.sm,power.draw,temperature.gpu"
DRIVER_FOLDERS = ["/usr/local/nvidia/lib64", "/usr/local/nvidia/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib64"]


def call(command, timeout, env=None):
    """Exit code, standard output and error; the code is None where the program is missing or took too long."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, env=env, check=False)
        return done.returncode, done.stdout, done.stderr
    except FileNotFoundError:
        return None, "", f"there is no {command[0]}"
    except subprocess.TimeoutExpired:
        return None, "", f"no end within {timeout:.0f} s"


def gpu_state():
    code, out, error = call(["nvidia-smi", f"--query-gpu={GPU_QUERY}", "--format=csv,noheader"], 20)
    return [line.strip() for line in out.splitlines()] if code == 0 else f"not available: {error.strip() or out.strip()}"


def processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return f"{line.split(':', 1)[1].strip()}, {os.cpu_count()} logical cores"
    return platform.processor()


def first_file(folders, pattern):
    return next((file for folder in folders for file in sorted(glob.glob(f"{folder}/{pattern}"), reverse=True)), None)


def environment(app, work):
    """The variables that scoregpu starts with, and in words what had to be helped along."""
    env, notes = dict(os.environ), []
    env.update(DOTNET_ROOT=str(app / "dotnet"), DOTNET_NOLOGO="1", DOTNET_CLI_TELEMETRY_OPTOUT="1",
               SCOREGPU_KERNEL_CACHE=str(work / "kernels"))
    known = call(["ldconfig", "-p"], 20)[1]
    help_nvrtc(env, notes, known)
    help_opencl(env, notes, known, app, work)
    return env, notes


def help_nvrtc(env, notes, known):
    roots = [env[name] for name in ("CUDA_HOME", "CUDA_PATH") if name in env] + glob.glob("/usr/local/cuda*")
    folders = [f"{root}/{folder}" for root in roots for folder in ("lib64", "targets/x86_64-linux/lib", "lib")]
    if "SCOREGPU_NVRTC" in env or "libnvrtc.so" in known or first_file(folders, "libnvrtc.so*"):
        return
    # PyTorch's packages bring NVRTC with them.
    import site
    places = [folder for base in site.getsitepackages() for folder in glob.glob(f"{base}/nvidia/*/lib")]
    if file := first_file(places, "libnvrtc.so.1*"):
        env["SCOREGPU_NVRTC"] = file
        notes.append(f"NVRTC: {file}")


def help_opencl(env, notes, known, app, work):
    loader = app / "opencl"
    if "libOpenCL.so.1" not in known and loader.exists():
        env["LD_LIBRARY_PATH"] = f"{loader}:{env.get('LD_LIBRARY_PATH', '')}".rstrip(":")
        notes.append("OpenCL loader: none installed, the packed one is used")
    if glob.glob("/etc/OpenCL/vendors/*.icd") or "OCL_ICD_VENDORS" in env:
        return
    # A driver that nobody registered.
    driver = next((line.split()[-1] for line in known.splitlines() if "libnvidia-opencl.so.1" in line), None)
    driver = driver or first_file(DRIVER_FOLDERS, "libnvidia-opencl.so.1")
    if driver:
        vendors = work / "vendors"
        vendors.mkdir()
        (vendors / "nvidia.icd").write_text(driver + "\n")
        env["OCL_ICD_VENDORS"] = f"{vendors}/"
        notes.append(f"OpenCL driver: not registered, {driver} is used")


class Programs:
    """The packed programs and how they are started."""

    def __init__(self, app, env):
        self._dotnet, self._app, self.env = str(app / "dotnet/dotnet"), app, env

    def jobs(self, device):
        return [self._dotnet, str(self._app / "jobs/ScoreGpu.Bench.dll"), "jobs", device]

    def scoregpu(self, *arguments, timeout):
        return call([self._dotnet, str(self._app / "cli/scoregpu.dll"), *map(str, arguments)], timeout, self.env)

    def devices(self):
        """The table for people, and the list behind it."""
        _, table, error = self.scoregpu("devices", timeout=60)
        code, text, _ = self.scoregpu("devices", "--json", timeout=60)
        return table or error, json.loads(text)["devices"] if code == 0 else []

    def verify(self, device, timeout):
        """Whether every fixture passes on a device, and how close the worst came to its tolerance."""
        fixtures = sorted((self._app / "fixtures").glob("*.safetensors"))
        code, out, error = self.scoregpu("verify", *fixtures, "--device", device, "--json", timeout=timeout)
        result = {"passed": code == 0, "fixtures": [file.name for file in fixtures]}
        if code not in (0, 1):
            return {**result, "problem": error.strip() or f"exit code {code}"}
        rows = [dict(row, file=Path(file["file"]).name)
                for file in json.loads(out)["files"] for row in file["quantities"]]
        errors = [row["max_relative_error"] for row in rows]
        finite = [error / row["tolerance"] for error, row in zip(errors, rows) if error is not None]
        return {**result, "quantities": len(rows), "failed": [row for row in rows if not row["passed"]],
                "largest_share_of_tolerance": max(finite, default=None)}
