#!/usr/bin/env bash
# Packs everything that the race needs on a machine without the .NET SDK and without a network.
#
#   bash bench/gpu/build.sh [FOLDER]        (default: bench/gpu/out, which git ignores)
#
# FOLDER then holds app.tar.xz (scoregpu, the jobs, the .NET runtime of this machine, fixtures, an OpenCL loader if
# there is one here) and the scripts. Copy it as it is and start FOLDER/run.sh there.
#
# The runtime is a copy of the installed one: a self-contained publish would ask a package registry for another.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
out=${1:-$here/out}
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

publish() { # PROJECT FOLDER
  dotnet publish "$root/$1" -c Release -o "$stage/$2" -p:UseAppHost=false -p:DebugType=none -v quiet --nologo
}
publish src/Cli cli
publish bench jobs

# Only BenchmarkDotNet wants these, for systems other than this one. Without a list of what must be there, the host takes
# what is there.
rm -rf "$stage"/jobs/runtimes "$stage"/jobs/*.deps.json "$stage"/*/*.xml

# The host and the runtime that `dotnet` takes for these programs: the newest of the major version they name.
dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
major=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["runtimeOptions"]["framework"]["version"].split(".")[0])' \
  "$stage/jobs/ScoreGpu.Bench.runtimeconfig.json")
version=$(dotnet --list-runtimes | awk -v major="$major" \
  '$1 == "Microsoft.NETCore.App" && index($2, major ".") == 1 { print $2 }' | sort -V | tail -n 1)
if [[ -z $version ]]; then
  echo "build.sh: no .NET $major runtime is installed; 'dotnet --list-runtimes' lists what is." >&2
  exit 1
fi
fxr=$(find "$dotnet/host/fxr" -mindepth 1 -maxdepth 1 -printf '%f\n' | sort -V | tail -n 1)
mkdir -p "$stage/dotnet/host/fxr" "$stage/dotnet/shared/Microsoft.NETCore.App"
cp "$dotnet/dotnet" "$stage/dotnet/"
cp "$dotnet"/LICENSE.txt "$dotnet"/ThirdPartyNotices.txt "$stage/dotnet/" 2>/dev/null || true
cp -r "$dotnet/host/fxr/$fxr" "$stage/dotnet/host/fxr/"
cp -r "$dotnet/shared/Microsoft.NETCore.App/$version" "$stage/dotnet/shared/Microsoft.NETCore.App/"

cp -r "$root/tests/Fixtures" "$stage/fixtures"
git -C "$root" describe --always --dirty >"$stage/commit" 2>/dev/null || echo unknown >"$stage/commit"

# Drivers bring no loader, and a machine with CUDA alone may have none.
loader=$(ldconfig -p | awk '/libOpenCL\.so\.1 .*x86-64/ && !found++ { print $NF }')
if [[ -n $loader ]]; then
  mkdir "$stage/opencl"
  cp -L "$loader" "$stage/opencl/libOpenCL.so.1"
fi

rm -rf "$out"
mkdir -p "$out"
XZ_OPT=${XZ_OPT:--6 -T0} tar -C "$stage" -cJf "$out/app.tar.xz" .
cp "$here"/run.sh "$here"/*.py "$root/bench/peers/torch_jobs.py" "$out/"
printf 'packed .NET %s and commit %s: %s in %s\n' \
  "$version" "$(cat "$stage/commit")" "$(du -sh "$out" | cut -f 1)" "$out"
