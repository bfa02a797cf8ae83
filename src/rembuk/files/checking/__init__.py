"""Is an upload what it says it is? Pure: bytes in, a verdict out. Refusals are sentences for the uploader.

``types`` (name, signature, content), ``pictures`` (decoding, re-encoding), ``documents`` (PDF), ``scanner``
(ClamAV).
"""
