// A page that answers a form is asked for anew when somebody comes back to it: browsers refuse to show again what was posted.
// It is said only when the next form is sent, so that a reload before that keeps what was typed.
document.addEventListener('submit', (event) => {
  if (event.target.method === 'post') window.history.replaceState(window.history.state, '', window.location.href);
});
