import io
import json
from pathlib import Path

import stores
from console.base.settings import Settings
from console.services.job import Job
from console.services.log_worker import serve_logs


def test_without_a_refresh_it_says_what_to_do_first(tmp_path: Path) -> None:
    path = tmp_path / "evidence.db"
    stores.create(path).close()
    job = Job(store=path, key=stores.KEY, signer=stores.SIGNER, settings=Settings(), resume=True)
    out = io.StringIO()
    code = serve_logs(io.StringIO(job.line() + "\n"), out, stores.clock, abandon=lambda _code: None)
    said = json.loads(out.getvalue().splitlines()[-1])
    assert (code, said["event"], said["code"]) == (2, "refused", "SVC-031")
    assert "bedrock-console refresh" in said["remedy"]
