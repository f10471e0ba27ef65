// The script of pages that anyone opens. Everything works without it.
import './start.js';
import './answer.js';
import { ExitWithoutTrace } from './exit.js';
import { createAll } from 'govuk-frontend/dist/govuk/init.mjs';
import { ErrorSummary } from 'govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs';
import { SkipLink } from 'govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs';

[SkipLink, ErrorSummary, ExitWithoutTrace].forEach((component) => createAll(component));
