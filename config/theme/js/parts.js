// A link into a part that is folded away opens it: newer browsers do so by themselves.
const open = () => {
  const part = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest('details');
  if (part && !part.open) {
    part.open = true;
    part.scrollIntoView();
  }
};

addEventListener('hashchange', open);
open();
