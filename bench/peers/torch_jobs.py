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


class ScoreNetwork(nn.Module):
    """A score at one noise level: three hidden layers."""

    def __init__(self, hidden=128, told=0):
        super().__init__()
        widths = [2 + told, hidden, hidden, hidden]
        layers = []
        for inputs, outputs in zip(widths, widths[1:]):
            layers += [nn.Linear(inputs, outputs), nn.SiLU()]
        self.net = nn.Sequential(*layers, nn.Linear(hidden, 2))

    def forward(self, x):
        return self.net(x)


class NoiseConditionalNetwork(ScoreNetwork):
    """A score at every noise level, which is told ln sigma by way of 32 features."""

    def __init__(self, hidden=256, features=32):
        super().__init__(hidden, features)
        self.embed = nn.Sequential(
            nn.Linear(1, features), nn.SiLU(), nn.Linear(features, features), nn.SiLU())

    def forward(self, x, sigma):
        return self.net(torch.cat([x, self.embed(sigma.log()[:, None])], dim=-1))


SIGMAS = torch.logspace(1, -2, 12)
PAIR = torch.tensor([[-2.0, 0.0], [2.0, 0.0]])
ANGLES = torch.arange(8) * (torch.pi / 4)
RING = 5 * torch.stack([ANGLES.cos(), ANGLES.sin()], dim=1)


def draw_pair(count):
    return PAIR[torch.randint(0, 2, (count,))] + 0.3 * torch.randn(count, 2)


def draw_ring(count):
    return RING[torch.randint(0, 8, (count,))] + 0.4 * torch.randn(count, 2)


@torch.no_grad()
def langevin_sample(count=1000, steps=1500, step_size=0.01):
    model, x = ScoreNetwork(), 3 * torch.randn(count, 2)
    for _ in range(steps):
        x = x + step_size * model(x) + (2 * step_size) ** 0.5 * torch.randn_like(x)


@torch.no_grad()
def annealed_sample(count=200, steps=100, base=2e-5):
    model, x = NoiseConditionalNetwork(), SIGMAS[0] * torch.randn(count, 2)
    for sigma in SIGMAS:
        told, step_size = sigma.expand(count), base * (sigma / SIGMAS[-1]) ** 2
        for _ in range(steps):
            x = x + 0.5 * step_size * model(x, told) + step_size.sqrt() * torch.randn_like(x)


def likelihood(count=4096):
    """Euler's method in sigma/alpha over every step of the schedule, the trace by one Rademacher probe."""
    model, x = EpsilonNetwork().requires_grad_(False), 6 * torch.rand(count, 2) - 3
    probe = torch.randint(0, 2, (count, 2)) * 2.0 - 1
    log_det = torch.zeros(count)
    ratio = ((1 - ALPHA_BARS) / ALPHA_BARS).sqrt()
    for t in range(STEPS - 1):
        x.requires_grad_(True)
        noise = model(x, torch.full((count,), t))
        (product,) = torch.autograd.grad(noise, x, probe)
        with torch.no_grad():
            step = ratio[t + 1] - ratio[t]
            log_det += step * ALPHA_BARS[t].sqrt() * (product * probe).sum(1)
            x = ALPHA_BARS[t + 1].sqrt() * (x / ALPHA_BARS[t].sqrt() + step * noise)
    return log_det - 0.5 * (x * x).sum(1)


def train(model, draw, loss_of, steps, batch, rate, clip=None):
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
    for _ in range(steps):
        loss = loss_of(model, draw(batch))
        optimizer.zero_grad()
        loss.backward()
        if clip is not None:
            nn.utils.clip_grad_norm_(model.parameters(), clip)
        optimizer.step()
        loss.item()


def denoising_loss(model, x, sigma=0.5):
    noise = torch.randn_like(x)
    return (model(x + sigma * noise) + noise / sigma).square().sum(-1).mean()


def exact_trace_loss(model, x):
    x = x.requires_grad_(True)
    score = model(x)
    trace = sum(torch.autograd.grad(score[:, i].sum(), x, create_graph=True)[0][:, i] for i in range(2))
    return (trace + 0.5 * score.square().sum(-1)).mean()


def noise_conditional_loss(model, x):
    sigma = SIGMAS[torch.randint(0, len(SIGMAS), (len(x),))]
    noise = torch.randn_like(x)
    error = model(x + sigma[:, None] * noise, sigma) + noise / sigma[:, None]
    return (0.5 * sigma[:, None] ** 2 * error.square()).mean()


def dsm_train():
    train(ScoreNetwork(), draw_pair, denoising_loss, 2000, 256, 1e-3)


def hyvarinen_train():
    train(ScoreNetwork(), draw_pair, exact_trace_loss, 500, 256, 1e-3)


def ncsn_train():
    train(NoiseConditionalNetwork(), draw_ring, noise_conditional_loss, 300, 512, 1e-3, clip=1.0)


JOBS = {job.__name__: job for job in (
    ddim_sample, ddpm_sample, langevin_sample, annealed_sample, likelihood,
    ddpm_train, dsm_train, hyvarinen_train, ncsn_train)}
