"""Why a deletion is refused: each reason is an error of its own, because each is cured differently."""

from console.base.errors import ConsoleError


class BadRequestError(ConsoleError):
    """A request to delete is not whole."""

    code = "DEL-001"
    remedy = "Correct what is named and raise the request again; nothing was kept."


class NoSuchRequestError(ConsoleError):
    """The store holds no request of that id."""

    code = "DEL-002"
    remedy = "List them: `bedrock-console deletion list`. One from another laptop is imported first."


class WrongStateError(ConsoleError):
    """What was asked is not what comes next for the request."""

    code = "DEL-003"
    remedy = "See what comes next and who must act: `bedrock-console deletion show ID`."


class BadDeletionFileError(ConsoleError):
    """A file is no request, or not what was signed."""

    code = "DEL-004"
    remedy = (
        "Ask for a fresh file, written with `bedrock-console deletion export`; nothing was kept of this one."
    )


class SameIdentityError(ConsoleError):
    """One person would act in two of the three roles."""

    code = "DEL-010"
    remedy = (
        "Let another person do it, signed in to AWS as themselves; another session name is no other person."
    )


class SameKeyError(ConsoleError):
    """One signing key would act in two of the three roles."""

    code = "DEL-011"
    remedy = "Do it on the laptop of another person, whose console has a key of its own."


class UnknownSignerError(ConsoleError):
    """A signature is by a key that the department did not register, or for another identity than registered."""

    code = "DEL-012"
    remedy = (
        "Put the line of `bedrock-console deletion signer`, made on that person's laptop and checked with them, into "
        "the file that `deletion.allowed_signers` in the settings names."
    )


class EditedPlanError(ConsoleError):
    """A plan or a record about it is not what was signed."""

    code = "DEL-013"
    remedy = "Discard the file. Make the plan anew, and let it be signed again."


class ExpiredPlanError(ConsoleError):
    """The plan's time is over, and with it what was signed."""

    code = "DEL-014"
    remedy = "Make the plan anew: `bedrock-console deletion plan ID`; it is then signed again."


class ReplayedSignatureError(ConsoleError):
    """A signature was made for another plan or another request."""

    code = "DEL-015"
    remedy = "Let the approver read and sign the plan that is in force."


class BlockedPlanError(ConsoleError):
    """The plan has blockers, or things that could not be read."""

    code = "DEL-016"
    remedy = (
        "Remove each blocker and make the plan anew. One that may be accepted becomes a residual with a reason: "
        "`bedrock-console deletion accept ID BLOCKER`."
    )


class HeldRequestError(ConsoleError):
    """A hold is on the request: nothing may go until it is lifted."""

    code = "DEL-017"
    remedy = "Ask whoever placed the hold; it is lifted with `bedrock-console deletion release ID`."


class ChangedPlanError(ConsoleError):
    """What is there now is not what was approved."""

    code = "DEL-018"
    remedy = "The approval is void. Make the plan anew and let it be approved again; nothing was deleted."


class ExecutionOffError(ConsoleError):
    """This console may not delete."""

    code = "DEL-019"
    remedy = (
        "Hand the runbook to whoever may: `bedrock-console deletion runbook ID`. To let this console delete, set "
        "`execution = true` under `[deletion]` in its settings and give it the eraser role."
    )


class NotConfirmedError(ConsoleError):
    """The words that confirm what cannot be undone were not typed."""

    code = "DEL-020"
    remedy = "Type them exactly as shown; nothing was deleted."


class StoppedExecutionError(ConsoleError):
    """AWS did or said something that the plan did not expect; nothing further was tried."""

    code = "DEL-021"
    remedy = (
        "Look at the step in AWS. If the cause is gone, execute again: what was done is not repeated. Else make the "
        "plan anew."
    )


class OutdatedRoleError(ConsoleError):
    """The credentials for deleting could not be had."""

    code = "DEL-022"
    remedy = (
        "Make the eraser role with `bedrock-console permissions --for deletion`, and let it trust the role that you "
        "are signed in with."
    )
