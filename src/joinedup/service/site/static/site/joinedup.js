// The few components of GOV.UK Frontend that have behaviour. Every page works without this file.
import { createAll, ErrorSummary, ServiceNavigation, SkipLink } from "../govuk/govuk-frontend.min.js";

createAll(ErrorSummary);
createAll(ServiceNavigation);
createAll(SkipLink);
