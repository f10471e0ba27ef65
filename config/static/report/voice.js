// A voice is recorded, changed on this device, and only then put into the form: what is sent is the changed one alone.

const RATE = 16000;
const GRAIN = 640; // samples: 40 ms
const HOP = GRAIN / 2;
const SEARCH = 120; // samples by which a grain may move, so that its waves fit those before it

const canRecord = Boolean(navigator.mediaDevices?.getUserMedia && window.MediaRecorder && window.OfflineAudioContext);

function between(low, high) {
  const [drawn] = crypto.getRandomValues(new Uint32Array(1));
  return low + ((high - low) * drawn) / 2 ** 32;
}

// Pitch and formants move together with the speed, and bands of the voice are raised and lowered. Drawn anew each time.
async function moved(sound) {
  const speed = Math.random() < 0.5 ? between(0.76, 0.84) : between(1.2, 1.32);
  const context = new OfflineAudioContext(1, Math.ceil((sound.duration / speed) * RATE), RATE);
  const source = new AudioBufferSourceNode(context, { buffer: sound, playbackRate: speed });
  const filters = [
    new BiquadFilterNode(context, { type: 'highpass', frequency: 120 }),
    new BiquadFilterNode(context, { type: 'peaking', frequency: between(500, 800), Q: 1, gain: between(-9, -5) }),
    new BiquadFilterNode(context, { type: 'peaking', frequency: between(1500, 2300), Q: 1, gain: between(4, 7) }),
    new BiquadFilterNode(context, { type: 'lowpass', frequency: 5500 }),
  ];
  filters.reduce((before, filter) => before.connect(filter), source).connect(context.destination);
  source.start();
  const rendered = await context.startRendering();
  return { samples: rendered.getChannelData(0), speed };
}

// Where the samples go on most like those before: so that grains that overlap do not beat.
function bestStart(samples, wanted, follows) {
  let best = wanted;
  let most = -Infinity;
  for (let start = Math.max(0, wanted - SEARCH); start <= wanted + SEARCH; start += 4) {
    let likeness = 0;
    for (let i = 0; i < HOP; i += 4) likeness += (samples[start + i] ?? 0) * (samples[follows + i] ?? 0);
    if (likeness > most) [best, most] = [start, likeness];
  }
  return best;
}

// As long as it was before: grains overlap, each taken from where the speech is at that time.
function stretched(samples, speed) {
  const length = Math.round(samples.length * speed);
  const out = new Float32Array(length + GRAIN);
  let follows = 0;
  for (let at = 0; at < length; at += HOP) {
    const from = bestStart(samples, Math.round(at / speed), follows);
    for (let i = 0; i < GRAIN; i += 1) {
      out[at + i] += (samples[from + i] ?? 0) * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / GRAIN));
    }
    follows = from + HOP;
  }
  return out.subarray(0, length);
}

// Plain samples with the head that they need, and nothing else: no time, no place, no name of a device.
function wave(samples) {
  const loudest = samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0.001);
  const view = new DataView(new ArrayBuffer(44 + samples.length * 2));
  const write = (place, text) => [...text].forEach((letter, i) => view.setUint8(place + i, letter.charCodeAt(0)));
  write(0, 'RIFF');
  view.setUint32(4, 36 + samples.length * 2, true);
  write(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  write(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((one, i) => view.setInt16(44 + i * 2, (one / loudest) * 30000, true));
  return new File([view.buffer], 'recording.wav', { type: 'audio/wav' });
}

export async function masked(recorded) {
  const context = new OfflineAudioContext(1, RATE, RATE);
  const { samples, speed } = await moved(await context.decodeAudioData(await recorded.arrayBuffer()));
  return wave(stretched(samples, speed));
}

function setUp(part) {
  const of = (name) => part.querySelector(`[data-voice-${name}]`);
  const [says, sound, start, stop, remove, file] = ['says', 'sound', 'start', 'stop', 'delete', 'file'].map(of);
  let recorder = null;

  function show(state, focus) {
    says.textContent = says.dataset[state] ?? '';
    start.hidden = state === 'recording';
    stop.hidden = state !== 'recording';
    sound.hidden = remove.hidden = state !== 'ready';
    (focus?.querySelector('button') ?? focus)?.focus();
  }

  function put(files) {
    const held = new DataTransfer();
    files.forEach((one) => held.items.add(one));
    file.files = held.files;
    URL.revokeObjectURL(sound.src);
    if (files.length) sound.src = URL.createObjectURL(files[0]);
  }

  async function finish(chunks, stream) {
    stream.getTracks().forEach((track) => track.stop());
    try {
      put([await masked(new Blob(chunks))]);
      show('ready', sound);
    } catch {
      show('fault', start);
    }
  }

  start.addEventListener('click', async () => {
    put([]);
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const chunks = [];
      recorder = new MediaRecorder(stream);
      recorder.addEventListener('dataavailable', (event) => chunks.push(event.data));
      recorder.addEventListener('stop', () => finish(chunks, stream), { once: true });
      recorder.start();
      setTimeout((one) => one.state === 'recording' && one.stop(), part.dataset.voice * 1000, recorder);
      show('recording', stop);
    } catch {
      show('fault', start);
    }
  });
  stop.addEventListener('click', () => recorder?.state === 'recording' && recorder.stop());
  remove.addEventListener('click', () => {
    put([]);
    show('', start);
  });
}

if (canRecord) {
  document.querySelectorAll('[data-needs-recorder]').forEach((part) => {
    part.hidden = false;
    if ('voice' in part.dataset) setUp(part);
  });
}
