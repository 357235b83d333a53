// Figures that a reader moves: a slider over the frames of a vector field, and a player of clouds of particles.
//
// A figure is one <figure class="interactive">. Its data are JSON in a <script class="data">, with arrays of numbers as
// small integers in Base64 (Quantised.cs writes them, the functions under "Data" read them). Nothing moves by itself,
// and without this script the figure shows a sentence instead.
(function () {
  'use strict';

  const root = document.documentElement;
  const prefersDark = matchMedia('(prefers-color-scheme: dark)');
  const prefersStillness = matchMedia('(prefers-reduced-motion: reduce)');
  const allInks = JSON.parse(document.getElementById('inks').textContent);

  // The colours of the look that the page has now.
  function currentInks() {
    return allInks[root.getAttribute('data-theme') || (prefersDark.matches ? 'dark' : 'light')];
  }

  // ---- Data ----

  function bytesOf(base64) {
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) {
      bytes[i] = text.charCodeAt(i);
    }
    return bytes;
  }

  // Components in 16 bits, in units of the largest of their frame: [frames][count · 2].
  function vectorsOf(base64, scales) {
    const view = new DataView(bytesOf(base64).buffer);
    const length = view.byteLength / 2 / scales.length;
    return scales.map((scale, frame) => Float32Array.from(
      { length }, (_, i) => view.getInt16(2 * (frame * length + i), true) / 32767 * scale));
  }

  // Positions in 12 bits a coordinate, over twice the view both ways: [count · 2].
  function positionsOf(base64, [xMin, xMax, yMin, yMax]) {
    const bytes = bytesOf(base64);
    const positions = new Float32Array(bytes.length / 3 * 2);
    for (let i = 0, at = 0; at < bytes.length; i += 2, at += 3) {
      const x = bytes[at] | (bytes[at + 1] & 15) << 8;
      const y = bytes[at + 1] >> 4 | bytes[at + 2] << 4;
      positions[i] = xMin + (2 * x / 4095 - 0.5) * (xMax - xMin);
      positions[i + 1] = yMin + (2 * y / 4095 - 0.5) * (yMax - yMin);
    }
    return positions;
  }

  // ---- Drawing ----

  const margin = { left: 26, right: 6, top: 6, bottom: 22 };

  // A canvas with axes. Lengths are in CSS pixels; the canvas itself has as many as the screen.
  class Plot {
    constructor(canvas, data) {
      this.canvas = canvas;
      this.data = data;
      this.pen = canvas.getContext('2d');
    }

    x(value) {
      return margin.left + (value - this.data.view[0]) * this.unit;
    }

    y(value) {
      return margin.top + (this.data.view[3] - value) * this.unit;
    }

    // Clears the canvas, draws the frame, and leaves the pen within it.
    begin(inks) {
      const [xMin, xMax, yMin, yMax] = this.data.view;
      const outer = this.canvas.parentElement.clientWidth;
      this.unit = (outer - margin.left - margin.right) / (xMax - xMin);
      this.width = outer - margin.left - margin.right;
      this.height = (yMax - yMin) * this.unit;
      const tall = Math.round(this.height + margin.top + margin.bottom);
      const [pixelsWide, pixelsTall] = [Math.round(outer * devicePixelRatio), Math.round(tall * devicePixelRatio)];
      if (this.canvas.width !== pixelsWide || this.canvas.height !== pixelsTall) {
        [this.canvas.width, this.canvas.height] = [pixelsWide, pixelsTall];
        this.canvas.style.height = tall + 'px';
      }

      const pen = this.pen;
      pen.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
      pen.clearRect(0, 0, outer, tall);
      pen.fillStyle = inks.panel;
      pen.fillRect(margin.left, margin.top, this.width, this.height);
      this.axes(inks);
      pen.save();
      pen.beginPath();
      pen.rect(margin.left, margin.top, this.width, this.height);
      pen.clip();
    }

    axes(inks) {
      const pen = this.pen;
      pen.font = '11px Inter, "Segoe UI", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif';
      pen.fillStyle = inks.muted;
      pen.textBaseline = 'middle';
      pen.textAlign = 'center';
      this.data.xTicks.forEach((tick) => {
        const half = pen.measureText(tick.label).width / 2;
        const at = Math.min(this.x(tick.value), margin.left + this.width + margin.right - half);
        pen.fillText(tick.label, at, margin.top + this.height + 12);
      });
      pen.textAlign = 'right';
      this.data.yTicks.forEach((tick) => pen.fillText(tick.label, margin.left - 6, this.y(tick.value)));
    }

    // Draws the fixed marks and the border over what was drawn since begin.
    end(inks) {
      const pen = this.pen;
      this.data.marks.forEach(([x, y]) => this.star(this.x(x), this.y(y), inks));
      pen.restore();
      pen.strokeStyle = inks.grid;
      pen.lineWidth = 1;
      pen.strokeRect(margin.left, margin.top, this.width, this.height);
    }

    star(x, y, inks) {
      const pen = this.pen;
      pen.beginPath();
      for (let i = 0; i < 10; i++) {
        const reach = i % 2 ? 3 : 7;
        pen.lineTo(x + reach * Math.sin(i * Math.PI / 5), y - reach * Math.cos(i * Math.PI / 5));
      }
      pen.closePath();
      pen.strokeStyle = inks.panel;
      pen.lineWidth = 2;
      pen.stroke();
      pen.fillStyle = inks.palette[1];
      pen.fill();
    }

    // An arrow with its tail at (x, y), in pixels; one without length is a dot.
    arrow(x, y, alongX, alongY, width) {
      const pen = this.pen;
      const length = Math.hypot(alongX, alongY);
      pen.beginPath();
      if (length < 0.45 * width) {
        pen.arc(x, y, width / 2, 0, 2 * Math.PI);
      } else {
        const w = width * Math.min(1, length / (5 * width));
        const [ux, uy] = [alongX / length, alongY / length];
        // Along the shaft and to its left, in units of the width: tail, neck, barb, tip, and back.
        const point = (along, aside) => pen.lineTo(
          x + ux * along + uy * aside * w, y + uy * along - ux * aside * w);
        const [neck, barb] = [length - 3.8 * w, length - 4.6 * w];
        point(0, 0.28);
        point(neck, 0.5);
        point(barb, 1.75);
        point(length, 0);
        point(barb, -1.75);
        point(neck, -0.5);
        point(0, -0.28);
      }
      pen.fill();
    }

    dots(positions, choose, radius) {
      const pen = this.pen;
      pen.beginPath();
      for (let i = 0; i < positions.length; i += 2) {
        if (choose === null || choose(i / 2)) {
          const [x, y] = [this.x(positions[i]), this.y(positions[i + 1])];
          pen.moveTo(x + radius, y);
          pen.arc(x, y, radius, 0, 2 * Math.PI);
        }
      }
      pen.fill();
    }
  }

  function sample(stops, share) {
    return stops[Math.round(Math.min(1, Math.max(0, share)) * (stops.length - 1))];
  }

  function rgb(hex) {
    return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  }

  // ---- Kinds of figures: each draws a frame, given as a real number, and says what its label adds ----

  class Field {
    constructor(data, plots) {
      [this.data, this.plots] = [data, plots];
      this.panels = data.panels.map((panel) => ({
        vectors: vectorsOf(panel.vectors, panel.scales),
        density: panel.density,
        cells: panel.density ? bytesOf(panel.density.cells) : null,
        points: (panel.points || []).map((points) => positionsOf(points, data.view)),
      }));
      this.longest = data.labels.map((_, frame) => Math.max(...this.panels.map((panel) => {
        let square = 0;
        for (let i = 0; i < panel.vectors[frame].length; i += 2) {
          square = Math.max(square, panel.vectors[frame][i] ** 2 + panel.vectors[frame][i + 1] ** 2);
        }
        return Math.sqrt(square);
      })));
    }

    note(frame) {
      return 'longest arrow ' + this.longest[frame].toPrecision(3);
    }

    draw(position, inks) {
      const frame = Math.round(position);
      this.panels.forEach((panel, i) => {
        const plot = this.plots[i];
        plot.begin(inks);
        if (panel.density) {
          this.backdrop(plot, panel, frame, inks);
        }
        this.arrows(plot, panel.vectors[frame], this.longest[frame], inks);
        if (panel.points.length > 0) {
          plot.pen.fillStyle = inks.palette[3];
          plot.dots(panel.points[frame], null, 2);
        }
        plot.end(inks);
      });
    }

    arrows(plot, vectors, longest, inks) {
      const [xMin, xMax, yMin, yMax] = this.data.view;
      const side = this.data.side;
      const reach = 0.95 * Math.min(xMax - xMin, yMax - yMin) / side * plot.unit;
      const width = Math.min(2, Math.max(0.8, reach / 12));
      for (let i = 0; i < side * side; i++) {
        const [u, v] = [vectors[2 * i], vectors[2 * i + 1]];
        const size = Math.hypot(u, v);
        const share = longest > 0 ? size / longest : 0;
        const perUnit = size > 0 ? Math.sqrt(share) * reach / size : 0;
        const x = plot.x(xMin + (i % side + 0.5) * (xMax - xMin) / side);
        const y = plot.y(yMin + (Math.floor(i / side) + 0.5) * (yMax - yMin) / side);
        plot.pen.fillStyle = sample(inks.vectors, share);
        plot.arrow(x, y, u * perUnit, -v * perUnit, width);
      }
    }

    // The density as an image of a pixel a node, stretched so that each pixel's centre lies on its node.
    backdrop(plot, panel, frame, inks) {
      const { columns, rows, nodes: [left, right, bottom, top] } = panel.density;
      const image = new ImageData(columns, rows);
      const shades = inks.density.map(rgb);
      for (let i = 0; i < columns * rows; i++) {
        const [row, column] = [Math.floor(i / columns), i % columns];
        const value = panel.cells[frame * columns * rows + i] / 255;
        const shade = shades[Math.round(0.6 * value * (shades.length - 1))];
        image.data.set([...shade, 255], 4 * ((rows - 1 - row) * columns + column));
      }
      const small = document.createElement('canvas');
      [small.width, small.height] = [columns, rows];
      small.getContext('2d').putImageData(image, 0, 0);
      const [wide, tall] = [(right - left) / (columns - 1), (top - bottom) / (rows - 1)];
      plot.pen.imageSmoothingQuality = 'high';
      plot.pen.drawImage(
        small, plot.x(left - wide / 2), plot.y(top + tall / 2), wide * columns * plot.unit, tall * rows * plot.unit);
    }
  }

  class Particles {
    constructor(data, plots) {
      [this.data, this.plots] = [data, plots];
      this.trail = 0;
      this.panels = data.panels.map((panel) => {
        const groups = panel.groups ? bytesOf(panel.groups) : new Uint8Array(panel.count);
        return {
          positions: positionsOf(panel.positions, data.view),
          count: panel.count,
          groups,
          colours: [...new Set(groups)].sort(),
        };
      });
    }

    note() {
      return '';
    }

    draw(position, inks) {
      this.panels.forEach((panel, i) => {
        const plot = this.plots[i];
        plot.begin(inks);
        const radius = Math.min(2.6, Math.max(1, 0.32 * Math.sqrt(plot.width * plot.height / panel.count)));
        const here = this.at(panel, position);
        panel.colours.forEach((group) => {
          const isOf = (particle) => panel.groups[particle] === group;
          plot.pen.strokeStyle = plot.pen.fillStyle = inks.palette[group];
          this.trails(plot, panel, position, isOf);
          plot.pen.globalAlpha = 0.8;
          plot.dots(here, panel.colours.length > 1 ? isOf : null, radius);
          plot.pen.globalAlpha = 1;
        });
        plot.end(inks);
      });
    }

    // Where the particles are at a real-valued frame: on the straight line between two recorded ones.
    at(panel, position) {
      const frame = Math.min(Math.floor(position), this.data.labels.length - 1);
      const length = 2 * panel.count;
      const from = panel.positions.subarray(frame * length, (frame + 1) * length);
      const share = position - frame;
      if (share === 0) {
        return from;
      }
      const to = panel.positions.subarray((frame + 1) * length, (frame + 2) * length);
      return from.map((value, i) => value + share * (to[i] - value));
    }

    // The last few frames of the paths, the older the fainter.
    trails(plot, panel, position, isOf) {
      const pen = plot.pen;
      pen.lineWidth = 1;
      for (let age = this.trail; age > 0; age--) {
        if (position - age + 1 <= 0) {
          continue;
        }
        const from = this.at(panel, Math.max(0, position - age));
        const to = this.at(panel, position - age + 1);
        pen.globalAlpha = 0.35 * (1 - (age - 1) / this.trail);
        pen.beginPath();
        for (let particle = 0; particle < panel.count; particle++) {
          if (isOf(particle)) {
            pen.moveTo(plot.x(from[2 * particle]), plot.y(from[2 * particle + 1]));
            pen.lineTo(plot.x(to[2 * particle]), plot.y(to[2 * particle + 1]));
          }
        }
        pen.stroke();
      }
      pen.globalAlpha = 1;
    }
  }

  // ---- Controls ----

  const longestTrail = 8;

  class Controls {
    constructor(figure) {
      const data = JSON.parse(figure.querySelector('script.data').textContent);
      this.labels = data.labels;
      this.last = data.labels.length - 1;
      this.framesASecond = this.last / (data.seconds || 1);
      this.range = figure.querySelector('input[type=range]');
      this.output = figure.querySelector('output');
      this.playButton = figure.querySelector('.play');
      figure.querySelector('.stage').hidden = false;
      figure.classList.add('ready');
      const plots = [...figure.querySelectorAll('canvas')].map((canvas) => new Plot(canvas, data));
      this.kind = data.kind === 'field' ? new Field(data, plots) : new Particles(data, plots);
      this.isPlaying = false;
      this.position = data.start;
      this.listen(figure);
      this.show();
    }

    listen(figure) {
      this.range.addEventListener('input', () => {
        this.pause();
        this.position = Number(this.range.value);
        this.show();
      });
      if (this.playButton) {
        this.playButton.addEventListener('click', () => (this.isPlaying ? this.pause() : this.play()));
      }
      const trails = figure.querySelector('.trails');
      if (trails) {
        trails.addEventListener('click', () => {
          this.kind.trail = this.kind.trail ? 0 : longestTrail;
          trails.setAttribute('aria-pressed', String(this.kind.trail > 0));
          this.show();
        });
      }
      // In the next frame: drawing sets heights, which an observer may not do while it is told of others.
      new ResizeObserver(() => requestAnimationFrame(() => this.show())).observe(figure.querySelector('.panels'));
      // A figure out of sight stands still.
      new IntersectionObserver((entries) => {
        if (!entries[entries.length - 1].isIntersecting) {
          this.pause();
        }
      }).observe(figure);
    }

    play() {
      this.isPlaying = true;
      this.playButton.textContent = 'Pause';
      if (this.position >= this.last) {
        this.position = 0;
      }
      let before = null;
      const step = (now) => {
        if (!this.isPlaying) {
          return;
        }
        // A page that was hidden goes on where it stopped.
        const elapsed = before === null ? 0 : Math.min(now - before, 250) / 1000;
        before = now;
        this.position = Math.min(this.last, this.position + elapsed * this.framesASecond);
        this.show();
        if (this.position === this.last) {
          this.pause();
        } else {
          requestAnimationFrame(step);
        }
      };
      requestAnimationFrame(step);
    }

    // Stands still, on a frame that was recorded.
    pause() {
      if (this.isPlaying) {
        this.isPlaying = false;
        this.playButton.textContent = 'Play';
        this.position = Math.round(this.position);
        this.show();
      }
    }

    show() {
      const frame = Math.round(this.position);
      const note = this.kind.note(frame);
      this.range.value = String(frame);
      this.range.setAttribute('aria-valuetext', this.labels[frame]);
      this.output.textContent = this.labels[frame] + (note ? ' · ' + note : '');
      this.kind.draw(prefersStillness.matches ? frame : this.position, currentInks());
    }
  }

  const all = [...document.querySelectorAll('figure.interactive')].map((figure) => new Controls(figure));
  const redraw = () => all.forEach((controls) => controls.show());
  new MutationObserver(redraw).observe(root, { attributeFilter: ['data-theme'] });
  prefersDark.addEventListener('change', redraw);
  addEventListener('resize', redraw);
})();
