// Leaving in a hurry: Back from the other site leads to the start page, and not to what was read here.
import { ExitThisPage } from 'govuk-frontend/dist/govuk/components/exit-this-page/exit-this-page.mjs';

export class ExitWithoutTrace extends ExitThisPage {
  exitPage() {
    const start = document.querySelector('.govuk-generic-header__homepage-link');
    if (start) history.replaceState(null, '', start.href);
    super.exitPage();
  }
}
