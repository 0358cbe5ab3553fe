"""Files and photos. The value is a `NewUpload` when it comes in, and the code of what is kept afterwards."""

from typing import Any

from eventsapp.core.text import N_
from eventsapp.questions import uploads
from eventsapp.questions.asked import Asked
from eventsapp.questions.kinds.kind import Control, Kind, Sent, kind


class Uploading(Kind):
    """Something to send along."""

    control = Control.UPLOAD
    takes_upload = True

    def clean(self, given: Any, asked: Asked) -> Any:  # noqa: ARG002
        if isinstance(given, Sent):
            return self.made(given)
        return given if isinstance(given, str) and given else None

    def made(self, sent: Sent) -> uploads.NewUpload:
        """What is kept of it, written anew. Raises `Invalid`."""
        raise NotImplementedError

    def typed(self, value: Any) -> Any:  # noqa: ARG002 -- browsers let nobody fill in a file
        return None


@kind
class File(Uploading):
    """A PDF or a picture."""

    key = "file"
    name = N_("A file")

    def made(self, sent: Sent) -> uploads.NewUpload:
        return uploads.document(sent.name, sent.content)


@kind
class Photo(Uploading):
    """A photo."""

    key = "photo"
    name = N_("A photo")

    def made(self, sent: Sent) -> uploads.NewUpload:
        return uploads.photo(sent.name, sent.content)
