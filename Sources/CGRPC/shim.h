#pragma once

// Every shim asks for the same libc declarations, so that the C modules agree on them.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <grpc/grpc.h>
#include <grpc/grpc_security.h>
#include <grpc/byte_buffer.h>
#include <grpc/byte_buffer_reader.h>
#include <grpc/slice.h>
#include <grpc/support/alloc.h>
#include <grpc/support/log.h>
#include <grpc/support/time.h>
