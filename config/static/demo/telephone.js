// The clips of a call are played one after the other, as a caller hears them. Words without a clip are read by eye.
const clips = [...document.querySelectorAll('[data-call] audio')];
clips.forEach((clip, place) => clip.addEventListener('ended', () => clips[place + 1]?.play()));
// A browser may refuse to begin before someone has pressed play: then they do.
clips[0]?.play().catch(() => {});
