"""The jobs of the race in PyTorch, as a user would write them.

Each function runs one job once and returns nothing; the caller times it. The hyper-parameters are those of
bench/Jobs/PeerJobs.cs.
"""
import os

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(int(os.environ.get("PEER_THREADS", "1")))

STEPS = 100
BETAS = torch.linspace(1e-4, 0.02, STEPS)
ALPHAS = 1 - BETAS
ALPHA_BARS = torch.cumprod(ALPHAS, 0)
CENTERS = torch.tensor([[-2.0, -2.0], [-2.0, 2.0], [2.0, -2.0], [2.0, 2.0]])


class EpsilonNetwork(nn.Module):
    """x and a learned embedding of t, three hidden layers of 128."""

    def __init__(self, hidden=128):
        super().__init__()
        self.time_embed = nn.Sequential(nn.Embedding(STEPS, hidden), nn.SiLU(), nn.Linear(hidden, hidden))
        widths = [2 + hidden, hidden, hidden, hidden]
        layers = []
        for inputs, outputs in zip(widths, widths[1:]):
            layers += [nn.Linear(inputs, outputs), nn.SiLU()]
        self.net = nn.Sequential(*layers, nn.Linear(hidden, 2))

    def forward(self, x, t):
        return self.net(torch.cat([x, self.time_embed(t)], dim=-1))


def draw_data(count):
    return CENTERS[torch.randint(0, 4, (count,))] + 0.3 * torch.randn(count, 2)


def ddpm_train(steps=300, batch=512):
    model = EpsilonNetwork()
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-4)
    for _ in range(steps):
        clean, t, noise = draw_data(batch), torch.randint(0, STEPS, (batch,)), torch.randn(batch, 2)
        alpha_bar = ALPHA_BARS[t, None]
        noised = alpha_bar.sqrt() * clean + (1 - alpha_bar).sqrt() * noise
        loss = F.mse_loss(model(noised, t), noise)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        loss.item()


@torch.no_grad()
def ddpm_sample(count=100_000):
    model, x = EpsilonNetwork(), torch.randn(count, 2)
    for t in range(STEPS - 1, -1, -1):
        noise = model(x, torch.full((count,), t))
        x = (x - BETAS[t] / (1 - ALPHA_BARS[t]).sqrt() * noise) / ALPHAS[t].sqrt()
        if t > 0:
            x = x + BETAS[t].sqrt() * torch.randn_like(x)


@torch.no_grad()
def ddim_sample(count=100_000):
    model, x = EpsilonNetwork(), torch.randn(count, 2)
    for t in range(STEPS - 1, -1, -1):
        noise = model(x, torch.full((count,), t))
        before = ALPHA_BARS[t - 1] if t > 0 else torch.tensor(1.0)
        denoised = ((x - (1 - ALPHA_BARS[t]).sqrt() * noise) / ALPHA_BARS[t].sqrt()).clamp(-5, 5)
        x = before.sqrt() * denoised + (1 - before).sqrt() * noise


JOBS = {job.__name__: job for job in (ddpm_train, ddim_sample, ddpm_sample)}
