module github.com/traq-auth/traq-auth

go 1.26.8

require (
	github.com/hack-pad/safejs v0.1.1 // indirect
	github.com/stretchr/testify v1.12.1 // indirect
)
