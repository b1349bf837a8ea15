"""Do something that may be refused or fail, and let the user know in the right place."""

from collections.abc import Callable
from typing import Any

from nnstudio.errors import Refused, StudioError
from nnstudio.ui.messages import Messages


def attempt(messages: Messages, function: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
    """Call `function`; on Refused or StudioError show it and return False, else return True."""
    try:
        function(*args, **kwargs)
    except Refused as error:
        messages.refused(error)
        return False
    except StudioError as error:
        messages.failed(error)
        return False
    return True
