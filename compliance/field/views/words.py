"""Every sentence that the app for visits says, in the language of its page."""

from typing import Any

from django.utils.translation import gettext

from compliance.field.views.words_of_alarms import words_of_alarms
from compliance.field.views.words_of_contradictions import words_of_contradictions
from compliance.field.views.words_of_copies import words_of_news, words_of_taking_along


def sentences() -> dict[str, Any]:
    return {
        **_words_of_the_app(),
        **words_of_taking_along(),
        **words_of_news(),
        **words_of_alarms(),
        **_words_of_a_visit(),
        **words_of_contradictions(),
        **_words_of_people(),
        **_words_of_exhibits(),
        **_words_of_signatures(),
        **_words_of_the_queue(),
    }


def states() -> dict[str, str]:
    return {
        "waiting": gettext("Waiting"),
        "sending": gettext("Sending"),
        "sent": gettext("Sent"),
        "refused": gettext("Refused"),
        "conflict": gettext("Two versions"),
        "stuck": gettext("Cannot be sent"),
        "dropped": gettext("Let go"),
    }


def _words_of_the_app() -> dict[str, Any]:
    return {
        "app": gettext("Visits without a connection"),
        "all_visits": gettext("Visits on this device"),
        "save": gettext("Save"),
        "error": gettext("Error:"),
        "problem": gettext("There is a problem"),
        "not_kept": gettext("This could not be kept on the device: it may be full. Send what waits, then try again."),
        "connected": gettext("Connected."),
        "no_connection": gettext("No connection: everything is kept on this device."),
        "waiting": gettext("Waiting to be sent: %(number)s."),
        "open": gettext("To be looked at: %(number)s."),
        "due_by": gettext("Due by %(day)s"),
        "yes": gettext("Yes"),
        "no": gettext("No"),
        "lock": gettext("Lock"),
        "locked": gettext("Unlock the visits on this device"),
        "unlock": gettext("Unlock"),
        "wrong_passphrase": gettext("This is not the passphrase. Tries left before everything is removed: %(left)s."),
        "wiped": gettext("Removed from this device"),
        "wiped_failures": gettext(
            "The passphrase was wrong too often in a row, so the visits and what was written were removed from this device."
        ),
        "wait_for_next_try": gettext("You can try again in %(minutes)s min."),
        "guessable": gettext("This passphrase is easy to guess. Choose several words that do not belong together."),
        "danger": gettext("Someone is in danger"),
        "never_do": gettext("What never to do"),
        "ring": gettext("Ring 999."),
        "lead": gettext("The safeguarding lead, at any hour:"),
        "write_after": gettext(
            "Once everybody is safe, write down what you saw. Prepare a referral or a notification when you have a connection."
        ),
        "signed_out": gettext("This device was signed out"),
        "signed_out_about": gettext("The visits and what was written were removed from this device."),
    }


def _words_of_a_visit() -> dict[str, str]:
    return {
        "the_visit": gettext("The visit"),
        "returned": gettext("Returned for correction"),
        "asked": gettext("What was asked"),
        "known": gettext("What was known when it was commissioned"),
        "reference": gettext("Reference"),
        "kind": gettext("Kind"),
        "scheme": gettext("Scheme"),
        "licence": gettext("Licence"),
        "application": gettext("Application"),
        "put_right": gettext("Follow-up actions"),
        "found_of": gettext("%(found)s of %(all)s standards"),
        "visited_on": gettext("Day of the visit"),
        "summary": gettext("Summary of the visit"),
        "summary_hint": gettext(
            "Where you went, who you spoke to, how many workers you interviewed, and your conclusion."
        ),
        "business_comments": gettext("What the business says to the visit as a whole (optional)"),
        "nothing_yet": gettext("Nothing yet"),
        "finding": gettext("Finding"),
        "evidence": gettext("Evidence"),
        "evidence_hint": gettext(
            "What you saw or were told, where, when and who told you. Needed when the standard is not met."
        ),
        "business_comment": gettext("What the business says to this standard (optional)"),
        "business_comment_hint": gettext(
            "In its own words. The business may comment on every issue before you report."
        ),
        "no_evidence": gettext("Write the evidence that the standard is not met."),
        "critical": gettext("This is a critical standard."),
        "costs": gettext("Not met, it costs %(points)s points."),
    }


def _words_of_people() -> dict[str, str]:
    return {
        "people": gettext("People met on the visit"),
        "interviewed": gettext("Interviews: %(number)s"),
        "lot": gettext("Selected at random"),
        "drawn": gettext("Selection %(number)s, workers there: %(workers)s. Selected at random: %(places)s."),
        "workers_present": gettext("How many workers are there"),
        "workers_hint": gettext("As many as stand in the list of workers of today. Number the list from 1."),
        "workers_wrong": gettext("Enter how many workers are there: a number from 1 to 5,000."),
        "draw": gettext("Select workers to interview at random"),
        "draw_again": gettext("Select again"),
        "draw_again_because": gettext("Why you select again"),
        "draw_no_reason": gettext("Say why you select again."),
        "interviews": gettext("Interviews"),
        "interview": gettext("Interview a worker"),
        "interview_of": gettext("Interview %(reference)s"),
        "nobody_named": gettext("No names: the worker gets a reference that is on no list."),
        "language": gettext("Language of the interview"),
        "interpreter": gettext("Interpreter"),
        "interpreted": gettext("An interpreter was there"),
        "sampled": gettext("How it came that you spoke to this worker"),
        "not_said_how": gettext("Choose how it came that you spoke to this worker."),
        "drawn_number": gettext("Number in the list of workers"),
        "no_names": gettext("Only for a worker selected at random. Do not write names anywhere on this page."),
        "not_drawn": gettext("Enter a number that was selected at random."),
        "not_by_lot": gettext("Leave the number empty: this worker was not selected at random."),
        "tell_first": gettext("Tell the worker first"),
        "not_explained": gettext("First tell the worker all of this, then ask whether they want to talk."),
        "consents": gettext("Does the worker want to talk?"),
        "no_consent_said": gettext("Say whether the worker wants to talk."),
        "no_consent": gettext("This worker did not want to talk. You cannot record what they said."),
        "in_own_words": gettext("In the worker’s words"),
        "signs_said": gettext("Signs of forced labour in what this worker said"),
        "notes": gettext("Your notes (optional)"),
        "notes_hint": gettext("What you saw, and what else was said. No names."),
        "indicators": gettext("Signs of forced labour"),
        "indicators_about": gettext(
            "The eleven signs of the International Labour Organization. One may be enough; often there are several."
        ),
        "seen_question": gettext("Did you see this sign?"),
        "seen": gettext("Yes, I saw it"),
        "where_it_shows": gettext("Where it shows"),
        "where_missing": gettext("Write where it shows."),
    }


def _words_of_exhibits() -> dict[str, str]:
    return {
        "photographs": gettext("Photographs and documents"),
        "on_this_visit": gettext("On this visit"),
        "none_yet": gettext("None yet."),
        "take_photos": gettext("Take photographs, or choose files"),
        "take_hint": gettext("JPEG, PNG or PDF, each of 10 MB at most. Each gets its SHA-256 on this device, at once."),
        "what_it_shows": gettext("What it is, and what it shows"),
        "what_it_shows_hint": gettext("Write enough for a person who was not there to recognise it."),
        "bears_out": gettext("Which standards it bears out"),
        "add": gettext("Add"),
        "no_file": gettext("Take a photograph, or choose a file."),
        "too_big": gettext("%(name)s is larger than 10 MB. Take it with fewer pixels, or scan it as a smaller PDF."),
        "wrong_type": gettext(
            "%(name)s is not a JPEG, PNG or PDF. Take the photograph again, or save it as one of these."
        ),
        "unreadable": gettext("%(name)s cannot be read: it is damaged or incomplete. Take the photograph again."),
        "one_file": gettext("Choose one file."),
        "add_more": gettext("Add photographs or documents"),
        "preview_of": gettext("Photograph %(number)s, small: %(description)s"),
        "file_name": gettext("File"),
        "digest": gettext("SHA-256 of the original"),
        "state": gettext("Status"),
        "replace": gettext("Replace it"),
        "replace_with": gettext("Take another photograph, or choose another file, in its place"),
        "replaced": gettext("Replaced by another file."),
        "remove": gettext("Remove it"),
        "removed": gettext("Removed"),
        "remove_because": gettext("Why you remove it"),
        "remove_hint": gettext(
            "The reason stays in the record of the visit. What was received already is struck out there."
        ),
        "no_remove_reason": gettext("Say why you remove it."),
        "no_description": gettext("Describe the exhibit."),
    }


def _words_of_signatures() -> dict[str, str]:
    return {
        "signatures": gettext("Signatures"),
        "sign": gettext("A person signs"),
        "signer": gettext("Who signs"),
        "signer_role": gettext("What they are to the business"),
        "statement": gettext("What is signed"),
        "statement_usual": gettext(
            "I was read what the inspector wrote down of this visit, and what the business says to it."
        ),
        "how": gettext("How"),
        "sign_here": gettext(
            "Sign here with a finger, a pen or a mouse. A person who cannot sign types the name above."
        ),
        "clear": gettext("Clear the drawing"),
        "refused_because": gettext("Why they did not want to sign"),
        "no_signer": gettext("Enter the name of the person who signs."),
        "no_role": gettext("Enter what they are to the business."),
        "no_statement": gettext("Enter the text that is signed."),
        "no_how": gettext("Choose how they signed, or that they did not want to."),
        "no_drawing": gettext("Sign in the box, or type the name instead."),
        "no_refusal": gettext("Write why they did not want to sign."),
    }


def _words_of_the_queue() -> dict[str, Any]:
    return {
        "queue": gettext("What waits to be sent"),
        "counts": gettext("Waiting: %(waiting)s. To be looked at: %(open)s. Sent: %(sent)s."),
        "stays": gettext("I am still on the visit: keep the visits on this device afterwards"),
        "send_now": gettext("Send now"),
        "sending": gettext("Sending…"),
        "in_order": gettext("In the order in which it was written"),
        "nothing_written": gettext("Nothing has been written on this device."),
        "part_sent": gettext("%(percent)s per cent sent"),
        "on_device": gettext("On this device"),
        "at_office": gettext("Office version"),
        "both": gettext("Both, one after the other"),
        "keep_theirs": gettext("Keep the office version"),
        "choose_version": gettext("Choose which version counts"),
        "choose_version_first": gettext("Choose which version counts."),
        "which_counts": gettext("%(field)s: which version counts?"),
        "differ": gettext("Differs"),
        "same": gettext("The same"),
        "nothing": gettext("Nothing"),
        "not_merged": gettext(
            "The versions are not merged automatically: your choice counts, and both versions are kept."
        ),
        "stays_as_it_is": gettext(
            "Drawings, signatures and photos cannot be replaced. Keep the office version, and add "
            "another one if needed."
        ),
        "settled": gettext("This has been settled."),
        "replace_or_remove": gettext("Replace or remove it"),
        "refused_about": gettext(
            "It was received and is kept in the office as refused. Put it right on its page, or let it go."
        ),
        "drop": gettext("Let it go"),
        "all_sent": gettext("Everything was sent"),
        "all_sent_about": gettext(
            "Nothing is left on this device. Report the inspection when you have gone through it."
        ),
        "ended": {
            "done": gettext("Everything that waited was sent."),
            "sign_in": gettext(
                "You have been signed out. Sign in, come back to this page and send again: nothing is lost."
            ),
            "somebody_else": gettext(
                "Someone else has signed in. The person who took the visits along must send them."
            ),
            "no_link": gettext("The connection was lost. What was sent is sent; the rest waits. Send again later."),
            "stuck": gettext("Something cannot be sent. The reason is next to it."),
        },
    }
