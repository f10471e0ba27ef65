// How alike two texts are: the measures of rapidfuzz that the server uses, and no others.

// The length of what two texts have in common, in order.
export function common(a, b) {
  if (!a.length || !b.length) return 0;
  let old = new Uint16Array(b.length + 1);
  let row = new Uint16Array(b.length + 1);
  for (let i = 1; i <= a.length; i++) {
    const letter = a.charCodeAt(i - 1);
    for (let j = 1; j <= b.length; j++) {
      row[j] = letter === b.charCodeAt(j - 1) ? old[j - 1] + 1 : Math.max(old[j], row[j - 1]);
    }
    [old, row] = [row, old];
  }
  return old[b.length];
}

export function ratio(a, b) {
  const all = a.length + b.length;
  // Step by step as there, so that what stands on an edge stands on the same side of it.
  return all ? (1 - (all - 2 * common(a, b)) / all) * 100 : 100;
}

// How many letters must be changed, put in, left out or exchanged with their neighbour.
export function distance(a, b) {
  let older = [];
  let old = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
    }
    [older, old] = [old, row];
  }
  return old[b.length];
}

// From 0 to 1, as numbers of 32 bits, as the server has them.
export function alike(a, b) {
  const most = Math.max(a.length, b.length);
  return Math.fround(most ? 1 - distance(a, b) / most : 1);
}

const sorted = (text) => text.split(' ').sort().join(' ');

// How alike each name is to what was typed, 0 to 100 (registry/names/comparing.py, scores).
export function scores(readings, names, skeleton) {
  const typed = readings.filter(Boolean).map((folded) => ({
    folded, squashed: folded.replaceAll(' ', ''), inOrder: sorted(folded), words: new Set(folded.split(' ')), sound: skeleton(folded),
  }));
  return names.map((name) => {
    if (!name) return 0;
    const [squashed, inOrder, words, sound] = [name.replaceAll(' ', ''), sorted(name), new Set(name.split(' ')), skeleton(name)];
    return Math.max(...typed.map((one) => {
      const best = Math.max(
        ratio(one.folded, name),
        ratio(one.squashed, squashed),
        0.98 * ratio(one.inOrder, inOrder),
        0.95 * ratio(one.folded, name.slice(0, one.folded.length)),
        [...one.words].every((word) => words.has(word)) ? 93 : 0,
      );
      return (10 * best + ratio(one.sound, sound)) / 11;
    }));
  });
}
