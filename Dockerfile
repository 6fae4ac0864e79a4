# docker build -t imabot .
# docker run --env-file .env imabot doctor
# docker run --env-file .env -v imabot:/data -p 127.0.0.1:8080:8080 imabot run
#
# The data folder is a volume: without it, jobs and preferences are gone with the container.

FROM python:3.12-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /source

# What changes seldom comes first, so that a change of the code does not fetch it again.
COPY requirements.txt requirements-build.txt ./
RUN python -m venv --without-pip /opt/imabot \
    && python -m pip --python /opt/imabot/bin/python install --require-hashes -r requirements.txt
RUN python -m venv --without-pip /opt/build \
    && python -m pip --python /opt/build/bin/python install --require-hashes -r requirements-build.txt

COPY . .
RUN python -m pip --python /opt/build/bin/python wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
    && python -m pip --python /opt/imabot/bin/python install --no-deps --no-index /wheels/*.whl

FROM python:3.12-slim
RUN useradd --system --uid 10001 --user-group --home-dir /data --no-create-home --shell /usr/sbin/nologin imabot \
    && install --directory --owner imabot --group imabot --mode 700 /data
COPY --from=build /opt/imabot /opt/imabot

# 0.0.0.0 is inside the container; who may reach it from outside is decided where its port is published. The chat page,
# which has no password, is refused there.
ENV PATH=/opt/imabot/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DATA_DIR=/data \
    HTTP_HOST=0.0.0.0 \
    HTTP_PORT=8080 \
    LOG_FORMAT=json
WORKDIR /data
VOLUME /data
EXPOSE 8080
USER imabot

# Past any proxy, and without a tool that a slim image does not have.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", "\
import http.client, os, sys; \
connection = http.client.HTTPConnection('127.0.0.1', int(os.environ['HTTP_PORT']), timeout=3); \
connection.request('GET', '/healthz'); \
sys.exit(connection.getresponse().status != 200)"]

STOPSIGNAL SIGTERM
ENTRYPOINT ["imabot"]
CMD ["run"]
