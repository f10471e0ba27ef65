// The script of signed-in pages. Everything works without it.
import './start.js';
import './back.js';
import './live.js';
import './saving.js';
import './idle.js';
import './parts.js';
import { createAll } from 'govuk-frontend/dist/govuk/init.mjs';
import { Button } from 'govuk-frontend/dist/govuk/components/button/button.mjs';
import { Checkboxes } from 'govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs';
import { ErrorSummary } from 'govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs';
import { ExitThisPage } from 'govuk-frontend/dist/govuk/components/exit-this-page/exit-this-page.mjs';
import { NotificationBanner } from 'govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs';
import { PasswordInput } from 'govuk-frontend/dist/govuk/components/password-input/password-input.mjs';
import { Radios } from 'govuk-frontend/dist/govuk/components/radios/radios.mjs';
import { SkipLink } from 'govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs';

[
  Button, Checkboxes, ErrorSummary, ExitThisPage,
  NotificationBanner, PasswordInput, Radios, SkipLink,
].forEach((component) => createAll(component));
