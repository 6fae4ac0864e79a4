"""A local Feishu: REST, long connection and webhook sender over real sockets; `feishu_server` is its door."""
