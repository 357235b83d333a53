#!/usr/bin/env bash
# Samples in eight parts, one a task: sbatch slurm-array.sh
# What failed is done again with its own number: sbatch --array=3 slurm-array.sh
# The parts become one file: scoregpu merge . --out samples.npy
#SBATCH --job-name=samples
#SBATCH --array=0-7
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --output=%x-%A-%a.log

# Not 'auto' alone: a task that is submitted again is in an array of one.
exec scoregpu sample --model model.safetensors --count 2000000 --seed 1 \
  --threads "$SLURM_CPUS_PER_TASK" --shard auto/8 --out samples.npy
