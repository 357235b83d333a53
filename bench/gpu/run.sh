#!/usr/bin/env bash
# Everything on a machine with a GPU, in one call: what is there, verify, the race against PyTorch.
#
#   bash run.sh [OUT] [--quick] [options of race.py]        (default: ./out)
#
# Runs in the folder that build.sh made. Exits with 1 where verify fails or an output differs from PyTorch's.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [[ ! -f $here/app.tar.xz ]]; then
  echo "run.sh: there is no app.tar.xz beside it; start the run.sh in the folder that build.sh made." >&2
  exit 2
fi
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -W ignore -m tarfile -e "$here/app.tar.xz" "$work"

# race.py keeps to its own budget; this is for the day it does not.
timeout --kill-after=10 470 "$python" "$here/race.py" --app "$work" "$@"
