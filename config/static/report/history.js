// Whoever takes the telephone later finds the start page in its history. All forms of these pages say where they post to.
history.replaceState(null, '', document.querySelector('.govuk-generic-header__homepage-link').href);
